package io.rapport.platform.event;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The suite's only producer, one active per service: it holds the lease, opens a {@link
 * RelaySession} and sends what the outbox holds. Every failure ends the session; rows stay until
 * the broker has committed them, so nothing is lost and nothing is given up.
 */
@ApplicationScoped
public class Relay {

    /** What the relay is doing, as the metric {@code rapport_relay_state} shows it. */
    public enum State {
        STANDBY,
        SENDING,
        FAILING,
        TOPIC_REFUSED,
        DATABASE_OLDER_THAN_LOG,
        LOG_OLDER_THAN_DATABASE
    }

    private static final Logger LOG = Logger.getLogger(Relay.class);

    private final RelayLease lease;
    private final RelayConfig config;
    private final CommitSignal commitSignal;
    private final Installation installation;
    private final LogCheck logCheck;
    private final Jdbi jdbi;
    private volatile State state = State.STANDBY;
    private volatile boolean stopping;
    private @Nullable Thread thread;

    Relay(
            RelayLease lease,
            RelayConfig config,
            CommitSignal commitSignal,
            Installation installation,
            LogCheck logCheck,
            Jdbi jdbi) {
        this.lease = lease;
        this.config = config;
        this.commitSignal = commitSignal;
        this.installation = installation;
        this.logCheck = logCheck;
        this.jdbi = jdbi;
    }

    public State state() {
        return state;
    }

    void start(@Observes StartupEvent event) {
        if (config.brokerTimeout().plus(config.pace()).compareTo(config.lease()) >= 0) {
            throw new IllegalArgumentException(
                    "rapport.relay.broker-timeout and pace together must be shorter than rapport.relay.lease");
        }
        if (config.enabled()) {
            thread = Thread.ofPlatform().name("relay").daemon().start(this::run);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        if (thread != null && !thread.join(config.brokerTimeout())) {
            LOG.warn("The relay did not stop in time; the next holder fences it.");
        }
    }

    private void run() {
        while (!stopping) {
            try {
                OptionalLong epoch = lease.acquire();
                if (epoch.isPresent()) {
                    lead(epoch.getAsLong());
                } else {
                    state = State.STANDBY;
                    Thread.sleep(config.lease().dividedBy(4));
                }
            } catch (LogMismatch e) {
                state = e.state();
                LOG.error(e.getMessage());
                pause();
            } catch (TopicCheck.Refused e) {
                state = State.TOPIC_REFUSED;
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Throwable e) {
                // An Error, too: a thread that is gone would go on showing its last state.
                state = State.FAILING;
                LOG.warnf("The relay begins again: %s", e.toString());
                pause();
            }
        }
        release();
    }

    private void lead(long epoch) throws InterruptedException {
        try (RelaySession session = new RelaySession(jdbi, installation, config, lease, epoch)) {
            logCheck.requireMatch(session::renew);
            state = State.SENDING;
            while (!stopping) {
                session.renew();
                long next = System.nanoTime() + config.pace().toNanos();
                int sent = session.sendOldest();
                if (sent == 0) {
                    commitSignal.await(config.poll());
                } else if (sent < config.batch()) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            }
        }
    }

    private void release() {
        try {
            lease.release();
        } catch (RuntimeException e) {
            LOG.debugf("The lease runs out by itself: %s", e.toString());
        }
    }

    private void pause() {
        try {
            Thread.sleep(config.pause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
