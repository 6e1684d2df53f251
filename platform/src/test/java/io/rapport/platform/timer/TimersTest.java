package io.rapport.platform.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionalException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class TimersTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject Timers timers;
    @Inject Clock clock;
    @Inject Jdbi jdbi;

    private final UUID subject = Ids.next();

    @Test
    void a_timer_fires_once_when_it_is_due_and_not_before() {
        Instant due = clock.instant().plusSeconds(1);
        set(due);
        set(due);
        assertThat(fired(subject)).isZero();
        await().atMost(SOON).until(() -> fired(subject) == 1);
        assertThat(clock.instant()).isAfterOrEqualTo(due);
        assertThat(waiting()).isZero();
    }

    @Test
    void what_was_due_while_nobody_was_here_fires_late_with_its_own_time() {
        Instant due = clock.instant().minus(Duration.ofDays(400)).truncatedTo(ChronoUnit.MICROS);
        set(due);
        await().atMost(SOON).until(() -> fired(subject) == 1);
        assertThat(
                        jdbi.<Instant, RuntimeException>withHandle(
                                h ->
                                        h.createQuery(
                                                        "SELECT due FROM test_timer_effect WHERE subject = :s")
                                                .bind("s", subject)
                                                .mapTo(Instant.class)
                                                .one()))
                .isEqualTo(due);
    }

    /** FOR UPDATE SKIP LOCKED: each timer is one replica's; its row goes with the effect. */
    @Test
    void replicas_share_what_is_due_and_none_fires_twice() {
        int count = 60;
        QuarkusTransaction.requiringNew()
                .run(
                        () ->
                                IntStream.range(0, count)
                                        .forEach(
                                                i ->
                                                        timers.set(
                                                                CountingAction.KIND,
                                                                subject,
                                                                clock.instant().minusSeconds(i))));
        var replica = new TimerLoop(jdbi, clock, config(), List.of(new CountingAction(jdbi)));
        var second = new TimerLoop(jdbi, clock, config(), List.of(new CountingAction(jdbi)));
        replica.start();
        second.start();
        try {
            await().atMost(SOON).until(() -> fired(subject) == count);
        } finally {
            stop(replica);
            stop(second);
        }
        assertThat(fired(subject)).isEqualTo(count);
        assertThat(waiting()).isZero();
    }

    /** Planned for a table with hardly a row, the claim must still be looked up once. */
    @Test
    void no_more_are_claimed_than_said_whatever_is_known_of_the_table() throws Exception {
        String kind = "claimed-" + subject;
        try (Connection owner = Databases.asOwner().connect();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM timer");
            statement.execute("DELETE FROM timer");
            statement.execute("ANALYZE timer");
            statement.execute("INSERT INTO timer SELECT * FROM kept");
            owner.commit();
        }
        QuarkusTransaction.requiringNew()
                .run(
                        () ->
                                IntStream.range(0, 30)
                                        .forEach(
                                                i ->
                                                        timers.set(
                                                                kind,
                                                                subject,
                                                                clock.instant().minusSeconds(i))));

        assertThat(QuarkusTransaction.requiringNew().call(() -> timers.claimMore(kind, 5)))
                .hasSize(5);
        AtomicInteger fired = new AtomicInteger();
        var loop =
                new TimerLoop(
                        jdbi,
                        clock,
                        config(),
                        List.of(action(kind, false, fired::incrementAndGet)));
        loop.start();
        try {
            await().atMost(SOON).until(() -> fired.get() == 25);
        } finally {
            stop(loop);
        }
        assertThat(dues(kind)).isEmpty();
    }

    @Test
    void a_cancelled_timer_does_not_fire_and_neither_does_one_that_was_rolled_back() {
        set(clock.instant().plusSeconds(2));
        QuarkusTransaction.requiringNew().run(() -> timers.cancel(CountingAction.KIND, subject));
        UUID rolledBack = Ids.next();
        assertThatThrownBy(
                        () ->
                                QuarkusTransaction.requiringNew()
                                        .run(
                                                () -> {
                                                    timers.set(
                                                            CountingAction.KIND,
                                                            rolledBack,
                                                            clock.instant());
                                                    throw new IllegalStateException("rolled back");
                                                }))
                .isInstanceOf(IllegalStateException.class);
        UUID control = Ids.next();
        QuarkusTransaction.requiringNew()
                .run(
                        () ->
                                timers.set(
                                        CountingAction.KIND,
                                        control,
                                        clock.instant().plusSeconds(3)));
        await().atMost(SOON).until(() -> fired(control) == 1);
        assertThat(fired(subject)).isZero();
        assertThat(fired(rolledBack)).isZero();
    }

    @Test
    void an_error_does_not_end_the_loop() {
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger fired = new AtomicInteger();
        TimerLoop loop =
                new TimerLoop(
                        jdbi,
                        clock,
                        config(
                                () -> {
                                    if (looks.incrementAndGet() == 1) {
                                        throw new NoClassDefFoundError("half a deployment");
                                    }
                                }),
                        List.of(action("error-probe", false, fired::incrementAndGet)));
        loop.start();
        try {
            await().atMost(SOON).until(() -> looks.get() > 1);
            QuarkusTransaction.requiringNew()
                    .run(() -> timers.set("error-probe", subject, clock.instant()));
            await().atMost(SOON).until(() -> fired.get() == 1);
        } finally {
            stop(loop);
        }
    }

    @Test
    void a_timer_with_a_time_to_keep_waits_for_no_step_of_a_work() {
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch fired = new CountDownLatch(1);
        TimerAction work =
                action(
                        "work-probe",
                        true,
                        () -> {
                            atWork.countDown();
                            awaited(fired);
                        });
        TimerLoop loop =
                new TimerLoop(
                        jdbi,
                        clock,
                        config(),
                        List.of(
                                work,
                                action(
                                        "time-probe",
                                        false,
                                        () -> {
                                            awaited(atWork);
                                            fired.countDown();
                                        })));
        QuarkusTransaction.requiringNew()
                .run(
                        () -> {
                            timers.set("work-probe", subject, clock.instant());
                            timers.set("time-probe", subject, clock.instant());
                        });
        loop.start();
        try {
            await().atMost(SOON).until(() -> waiting() == 0);
        } finally {
            stop(loop);
        }
        assertThat(fired.getCount()).isZero();
    }

    /** Each waits for the other, so on one thread neither would come to an end. */
    private static void awaited(CountDownLatch other) {
        try {
            if (!other.await(SOON.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the other one did not come");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of a kind that no loop fires. */
    @Test
    void the_earliest_time_is_kept_and_those_that_are_due_are_claimed_once() {
        String kind = "unfired-" + subject;
        UUID other = Ids.next();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant past = now.minusSeconds(60);
        inTransaction(() -> timers.setEarliest(kind, Map.of(subject, now.plusSeconds(50))));
        inTransaction(
                () -> timers.setEarliest(kind, Map.of(subject, past, other, now.plusSeconds(70))));
        inTransaction(() -> timers.setEarliest(kind, Map.of(subject, now.plusSeconds(90))));
        assertThat(dues(kind)).containsExactly(past, now.plusSeconds(70));

        List<UUID> claimed =
                QuarkusTransaction.requiringNew().call(() -> timers.claimMore(kind, 10));
        assertThat(claimed).containsExactly(subject);
        assertThat(dues(kind)).containsExactly(now.plusSeconds(70));
        inTransaction(() -> timers.cancel(kind, other));
    }

    /** Otherwise it would make the others fail again, and be put off as long as it is. */
    @Test
    void one_that_has_failed_is_claimed_with_no_other() throws Exception {
        String kind = "failed-" + subject;
        UUID other = Ids.next();
        Instant due = clock.instant().minusSeconds(60);
        inTransaction(() -> timers.setEarliest(kind, Map.of(subject, due, other, due)));
        Databases.asOwner()
                .execute(
                        "UPDATE timer SET not_before = due WHERE kind = ? AND subject = ?",
                        kind,
                        subject);

        assertThat(QuarkusTransaction.requiringNew().call(() -> timers.claimMore(kind, 10)))
                .containsExactly(other);
        inTransaction(() -> timers.cancel(kind, subject));
    }

    private static void inTransaction(Runnable work) {
        QuarkusTransaction.requiringNew().run(work);
    }

    private List<Instant> dues(String kind) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery("SELECT due FROM timer WHERE kind = :kind ORDER BY due")
                                .bind("kind", kind)
                                .mapTo(Instant.class)
                                .list());
    }

    private static TimerAction action(String kind, boolean isWork, Runnable effect) {
        return new TimerAction() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public boolean isWork() {
                return isWork;
            }

            @Override
            public void fire(UUID of, Instant due) {
                effect.run();
            }
        };
    }

    @Test
    void a_timer_is_set_in_a_transaction_or_not_at_all() {
        assertThatThrownBy(() -> timers.set(CountingAction.KIND, subject, clock.instant()))
                .isInstanceOf(TransactionalException.class);
    }

    private static TimerConfig config() {
        return config(() -> {});
    }

    private static TimerConfig config(Runnable beforeEachLook) {
        return new TimerConfig() {
            @Override
            public boolean enabled() {
                return true;
            }

            @Override
            public Duration poll() {
                beforeEachLook.run();
                return Duration.ofMillis(20);
            }

            @Override
            public Duration retry() {
                return Duration.ofSeconds(1);
            }
        };
    }

    private static void stop(TimerLoop replica) {
        try {
            replica.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void set(Instant due) {
        QuarkusTransaction.requiringNew().run(() -> timers.set(CountingAction.KIND, subject, due));
    }

    private long fired(UUID of) {
        return jdbi.withHandle(
                h ->
                        h.createQuery(
                                        "SELECT coalesce(sum(fired), 0) FROM test_timer_effect WHERE subject = :s")
                                .bind("s", of)
                                .mapTo(Long.class)
                                .one());
    }

    private long waiting() {
        return jdbi.withHandle(
                h ->
                        h.createQuery("SELECT count(*) FROM timer WHERE subject = :s")
                                .bind("s", subject)
                                .mapTo(Long.class)
                                .one());
    }
}
