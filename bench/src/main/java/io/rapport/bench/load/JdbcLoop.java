package io.rapport.bench.load;

import io.rapport.bench.measure.Latencies;
import io.rapport.bench.measure.Load;
import io.rapport.bench.measure.Side;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * What the database can do: a fixed number of threads, each with a connection and prepared
 * statements of its own, and nothing between them and the driver. Role and session settings are
 * those of the service.
 */
public final class JdbcLoop implements Side, AutoCloseable {
    private static final String SESSION =
            "SET application_name = 'rapport-bench'; SET lock_timeout = '3s'; SET statement_timeout"
                    + " = '10s'; SET idle_in_transaction_session_timeout = '30s'; SET plan_cache_mode ="
                    + " 'force_generic_plan'; SET enable_seqscan = off; SET jit = off";

    private final List<Connection> connections = new ArrayList<>();
    private final List<JdbcWork> works = new ArrayList<>();
    private final ExecutorService threads;

    private JdbcLoop(int callers) {
        this.threads = Executors.newFixedThreadPool(callers);
    }

    /** Opens the connections, as the role with which the service itself works. */
    public static JdbcLoop open(
            Stack stack, ServiceName service, int callers, JdbcWork.Preparation preparation) {
        JdbcLoop loop = new JdbcLoop(callers);
        try {
            for (int i = 0; i < callers; i++) {
                Connection connection =
                        stack.postgres().connect(service.database(), service.applicationRole());
                loop.connections.add(connection);
                try (Statement statement = connection.createStatement()) {
                    statement.execute(SESSION);
                }
                loop.works.add(preparation.on(connection));
            }
            return loop;
        } catch (SQLException e) {
            loop.close();
            throw new CannotGoOn("The limit cannot be prepared: " + e.getMessage(), e);
        }
    }

    @Override
    public Load run(Duration time) {
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        List<Future<Histogram>> running =
                works.stream().map(work -> threads.submit(() -> repeat(work, end))).toList();
        Histogram nanos = Latencies.empty();
        running.forEach(loop -> nanos.add(result(loop)));
        return new Load(Duration.ofNanos(System.nanoTime() - begun), nanos);
    }

    private static Histogram repeat(JdbcWork work, long end) throws SQLException {
        Histogram nanos = Latencies.empty();
        for (long begun = System.nanoTime(); begun < end; ) {
            work.once();
            long done = System.nanoTime();
            nanos.recordValue(done - begun);
            begun = done;
        }
        return nanos;
    }

    private static Histogram result(Future<Histogram> loop) {
        try {
            return loop.get();
        } catch (ExecutionException e) {
            throw new CannotGoOn("The limit failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new CannotGoOn("A connection does not close: " + e.getMessage(), e);
            }
        }
    }
}
