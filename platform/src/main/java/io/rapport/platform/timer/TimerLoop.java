package io.rapport.platform.timer;

import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Fires what is due, each timer in one transaction with its effect; those with a time to keep on
 * one thread, steps of long works on another. Replicas share the work: a row that one of them has
 * locked is skipped by the others.
 */
@ApplicationScoped
class TimerLoop {

    /** A timer whose time has come. */
    public record Due(String kind, UUID subject, Instant due) {}

    private static final Logger LOG = Logger.getLogger(TimerLoop.class);

    private static final String PUT_OFF =
            "UPDATE timer SET not_before = ? WHERE kind = ? AND subject = ? AND due = ?";

    private final Jdbi jdbi;
    private final Clock clock;
    private final TimerConfig config;
    private final Map<String, TimerAction> actions;
    private volatile boolean stopping;
    private final List<Thread> threads = new ArrayList<>();

    TimerLoop(Jdbi jdbi, Clock clock, TimerConfig config, @All List<TimerAction> actions) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.config = config;
        this.actions =
                actions.stream().collect(Collectors.toMap(TimerAction::kind, Function.identity()));
    }

    void onStart(@Observes StartupEvent event) {
        start();
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        stop();
    }

    void start() {
        if (config.enabled()) {
            start("timers", action -> !action.isWork());
            start("works", TimerAction::isWork);
        }
    }

    private void start(String name, Predicate<TimerAction> which) {
        Set<String> kinds =
                actions.values().stream()
                        .filter(which)
                        .map(TimerAction::kind)
                        .collect(Collectors.toSet());
        if (!kinds.isEmpty()) {
            threads.add(Thread.ofPlatform().daemon().name(name).start(() -> run(kinds)));
        }
    }

    void stop() throws InterruptedException {
        stopping = true;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void run(Set<String> kinds) {
        while (!stopping) {
            try {
                if (!fireNext(kinds)) {
                    Thread.sleep(config.poll());
                }
            } catch (InterruptedException e) {
                return;
            } catch (Throwable e) {
                // An Error, too: without this thread none of its timers fires any more.
                LOG.warnf("Timers are looked at again: %s", e.toString());
                sleepAfterFailure();
            }
        }
    }

    /** Fires the timer that is due longest; false when there is none. */
    private boolean fireNext(Set<String> kinds) {
        Due[] claimed = new Due[1];
        try {
            return QuarkusTransaction.requiringNew().call(() -> fire(kinds, claimed));
        } catch (RuntimeException e) {
            if (claimed[0] == null) {
                throw e;
            }
            LOG.errorf(
                    e,
                    "The timer %s of %s failed and is tried again",
                    claimed[0].kind(),
                    claimed[0].subject());
            putOff(claimed[0]);
            return true;
        }
    }

    private boolean fire(Set<String> kinds, Due[] claimed) {
        Instant now = clock.instant();
        List<Due> next = Timers.claim(jdbi, kinds, now, now, 1);
        if (next.isEmpty()) {
            return false;
        }
        Due due = next.getFirst();
        claimed[0] = due;
        TimerAction action = actions.get(due.kind());
        if (action != null) {
            action.fire(due.subject(), due.due());
        }
        return true;
    }

    /** One failing timer must not keep the others from firing. */
    private void putOff(Due due) {
        Instant later = clock.instant().plus(config.retry());
        jdbi.useHandle(h -> h.execute(PUT_OFF, later, due.kind(), due.subject(), due.due()));
    }

    private void sleepAfterFailure() {
        try {
            Thread.sleep(config.retry().dividedBy(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
