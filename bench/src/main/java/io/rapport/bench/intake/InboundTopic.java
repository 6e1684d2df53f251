package io.rapport.bench.intake;

import io.rapport.bench.frame.Benchmark;
import io.rapport.bench.frame.Figure;
import io.rapport.bench.frame.Lab;
import io.rapport.bench.frame.Processes;
import io.rapport.bench.frame.Target;
import io.rapport.bench.frame.Unit;
import io.rapport.bench.load.Customers;
import io.rapport.bench.load.LoadClient;
import io.rapport.bench.measure.CpuMeter;
import io.rapport.bench.measure.HighestMemory;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A partner's topic taken in by interaction-service, which publishes meanwhile: how fast, once more
 * lies there than it can keep up with, and what memory that takes more than a tenth of it, which
 * comes first and warms the service.
 */
public final class InboundTopic implements Benchmark {
    private static final ServiceName SERVICE = ServiceName.INTERACTION;
    private static final double PER_SECOND = 5_000;
    private static final double MEMORY = 1.15;
    private static final int EACH = 50;
    private static final int TIMES = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    // What is read is not counted, for that would cost more than taking it in.
    private static final String TAKEN =
            "SELECT coalesce(sum(next_offset), 0) FROM inbound_position";
    private static final String RECORDED =
            "SELECT count(*) FROM interaction WHERE type = 'MESSAGE'";

    @Override
    public String name() {
        return "inbound-topic";
    }

    @Override
    public String summary() {
        return "a partner's topic taken in, and the memory that it takes";
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException, SQLException {
        try (Stack stack = lab.emptyStackForLongRun()) {
            stack.startInfrastructure();
            try (LoadClient client = lab.client(stack, Lab.CALLERS, "agent")) {
                Customers customers = lab.customersKnownTo(stack, client, List.of(SERVICE));
                stack.service(ServiceName.CUSTOMER).stop();
                try (PartnerTopic topic = new PartnerTopic(stack, customers);
                        Connection connection =
                                stack.postgres().connectAsSuperuser(SERVICE.database())) {
                    return taken(lab, stack, topic, connection);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotGoOn("Interrupted.", e);
            }
        }
    }

    private static List<Figure> taken(
            Lab lab, Stack stack, PartnerTopic topic, Connection connection)
            throws IOException, SQLException, InterruptedException {
        int many = EACH * lab.pace().customers();
        int few = many / TIMES;
        lab.say("%,d messages to warm up, then %,d", few, many);
        try (HighestMemory warming = new HighestMemory(stack.service(SERVICE).pid())) {
            topic.write(few);
            await(connection, few);
            double before = warming.highest() / 1024.0;
            try (HighestMemory memory = new HighestMemory(stack.service(SERVICE).pid())) {
                topic.write(many);
                // Writing them took cores, too: what was taken in meanwhile does not count.
                long already = number(connection, TAKEN);
                CpuMeter cpu = Processes.of(stack, SERVICE);
                Map<String, Long> begunAt = cpu.look();
                long begun = System.nanoTime();
                await(connection, few + many);
                double seconds = (System.nanoTime() - begun) / 1e9;
                long taken = few + many - already;
                Map<String, Double> each = cpu.since(begunAt, taken);
                requireAll(number(connection, RECORDED), few + many);
                return List.of(
                        Figure.of("inbound-topic", taken / seconds, Unit.PER_SECOND)
                                .aimingAt(Target.atLeast(PER_SECOND))
                                .beside("CPU µs/message: " + Processes.micros(each))
                                .detail("cpuMicrosPerOperation", each)
                                .detail("messages", taken),
                        Figure.of("resident meanwhile", memory.highest() / 1024.0, Unit.MEBIBYTES)
                                .against(before)
                                .aimingAt(Target.atMost(MEMORY))
                                .beside("limit: while there were %,d".formatted(few)));
            }
        }
    }

    private static void await(Connection connection, long messages)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (number(connection, TAKEN) < messages) {
            if (System.nanoTime() > deadline) {
                throw new CannotGoOn("The topic was not taken in within twenty minutes.");
            }
            Thread.sleep(20);
        }
    }

    private static void requireAll(long recorded, long expected) {
        if (recorded != expected) {
            throw new CannotGoOn(
                    "%,d of %,d messages were recorded, so the speed says nothing."
                            .formatted(recorded, expected));
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
