package io.rapport.platform.event;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.LogLines;
import io.rapport.platform.testing.Settings;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A bound is exceeded and the consumer stops, as {@code rapport_consumer_state} shows by its state;
 * and the way on, as {@code docs/operations/alarms.md} tells it. A loop that is started again
 * stands for a process that is.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class StoppedConsumerTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject StartedLoops loops;
    @Inject Jdbi jdbi;
    @Inject Installation installation;
    @Inject ConsumerConfiguration config;
    @Inject ConsumerPositions positions;
    @Inject ProgressTable progressTable;
    @Inject EarlyEvents earlyEvents;
    @Inject Parking parking;
    @Inject EventDelivery delivery;
    @Inject @Any Instance<Reaction> reactions;
    @Inject @Any Instance<Projection> projections;

    private final Events events = Events.ofSuite();
    private final UUID customer = Ids.next();
    private final String name = "probe-" + customer;

    @AfterEach
    void close() throws InterruptedException {
        loops.stop();
        events.close();
    }

    @Test
    void one_event_too_many_that_waits_for_a_gap_stops_it_and_with_a_raised_bound_it_goes_on() {
        List<Long> seen = new CopyOnWriteArrayList<>();
        Probe probe =
                new Probe(
                        name,
                        event -> {
                            if (event.customer().equals(customer)) {
                                seen.add(event.sequence());
                            }
                        });
        requireStopped(
                probe,
                Map.of("maxEarly", 2),
                () -> send(1, 3, 4, 5),
                "more events than allowed wait for a gap of customer " + customer + " to close");

        ConsumerLoop raised = start(probe, Map.of("maxEarly", 3));
        send(2);
        await().atMost(SOON).until(() -> seen.equals(List.of(1L, 2L, 3L, 4L, 5L)));
        send(6);
        await().atMost(SOON).until(() -> seen.equals(List.of(1L, 2L, 3L, 4L, 5L, 6L)));
        assertThat(raised.state()).isEqualTo(ConsumerLoop.State.RUNNING);
    }

    @Test
    void too_large_a_share_of_parked_events_stops_it_and_a_version_that_reads_them_misses_none() {
        List<UUID> customers = Stream.generate(Ids::next).limit(12).toList();
        List<UUID> seen = new CopyOnWriteArrayList<>();
        AtomicBoolean bug = new AtomicBoolean(true);
        Probe probe =
                new Probe(
                        name,
                        event -> {
                            if (customers.contains(event.customer())) {
                                if (bug.get()) {
                                    throw Refusal.invalid("bug", "This version cannot read it.");
                                }
                                seen.add(event.customer());
                            }
                        });
        Map<String, Object> bounds = Map.of("parkedWindow", 100, "maxParkedShare", 0.05);
        requireStopped(
                probe,
                bounds,
                () -> customers.forEach(each -> send(each, 1)),
                "events were parked, at most 0.05 of 100 may be");

        bug.set(false);
        ConsumerLoop mended = start(probe, bounds);
        List<UUID> waiting = parked();
        assertThat(waiting).hasSizeGreaterThan(5);
        for (UUID one : waiting) {
            assertThat(knowing(probe).apply(one)).hasValue(1);
        }
        await().atMost(SOON).until(() -> seen.size() == customers.size());
        assertThat(seen).containsExactlyInAnyOrderElementsOf(customers);
        assertThat(parked()).isEmpty();
        assertThat(mended.state()).isEqualTo(ConsumerLoop.State.RUNNING);
    }

    /** It stops with an alarm, once, and the rest of the service goes on. */
    private void requireStopped(
            Probe probe, Map<String, Object> bounds, Runnable excess, String alarm) {
        UUID bystander = Ids.next();
        List<UUID> met = new CopyOnWriteArrayList<>();
        ConsumerLoop other =
                start(
                        new Probe("probe-" + bystander, event -> met.add(event.customer())),
                        Map.of());
        try (LogLines said = LogLines.of(ConsumerLoop.class)) {
            ConsumerLoop bounded = start(probe, bounds);
            excess.run();
            await().atMost(SOON).until(() -> bounded.state() == ConsumerLoop.State.STOPPED);
            String begin = "consumer-stopped: " + name + ": ";
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(said.lines())
                                            .filteredOn(line -> line.startsWith(begin))
                                            .singleElement()
                                            .asString()
                                            .contains(alarm));

            send(bystander, 1);
            await().atMost(SOON).until(() -> met.contains(bystander));
            assertThat(other.state()).isEqualTo(ConsumerLoop.State.RUNNING);
            assertThat(bounded.state()).isEqualTo(ConsumerLoop.State.STOPPED);
            given().auth()
                    .oauth2(Tokens.agent())
                    .get("/trials/failures/none")
                    .then()
                    .statusCode(200);
        }
    }

    private ConsumerLoop start(Probe probe, Map<String, Object> bounds) {
        ConsumerConfiguration bounded = Settings.with(ConsumerConfiguration.class, config, bounds);
        return loops.start(
                probe,
                bounded,
                new EventInbox(bounded, positions, progressTable, earlyEvents, parking, delivery));
    }

    /** As in a service that has this consumer. */
    private ParkedEvents knowing(Probe probe) {
        Generations generations =
                new Generations(jdbi, reactions, projections) {
                    @Override
                    List<EventConsumer> consumers() {
                        return List.of(probe);
                    }
                };
        return new ParkedEvents(
                generations,
                positions,
                installation,
                config,
                parking,
                progressTable,
                earlyEvents,
                delivery);
    }

    private List<UUID> parked() {
        return jdbi.withHandle(
                handle ->
                        handle.select("SELECT id FROM parked_event WHERE consumer = ?", name)
                                .mapTo(UUID.class)
                                .list());
    }

    private void send(long... sequences) {
        for (long sequence : sequences) {
            send(customer, sequence);
        }
    }

    private void send(UUID of, long sequence) {
        events.send(Topic.FEEDBACK, of, sequence, "test.any.v1", "{}");
    }
}
