package io.rapport.interaction.inbound;

import io.rapport.platform.event.Installation;
import io.rapport.platform.event.Pause;
import io.rapport.platform.event.Relay;
import io.rapport.platform.event.RelayConfig;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Tells one partner what was refused, in the process whose relay is sending. Whoever takes that for
 * himself in another process is fenced by the next session, and what he has told is found there.
 */
final class RejectionSender {

    private static final Logger LOG = Logger.getLogger(RejectionSender.class);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Partner partner;
    private final Rejections rejections;
    private final Relay relay;
    private final Installation installation;
    private final RelayConfig config;
    private volatile boolean stopping;

    RejectionSender(
            Partner partner,
            Rejections rejections,
            Relay relay,
            Installation installation,
            RelayConfig config) {
        this.partner = partner;
        this.rejections = rejections;
        this.relay = relay;
        this.installation = installation;
        this.config = config;
    }

    void stop() {
        stopping = true;
    }

    void run() {
        Pause pause = new Pause(config.pause(), config.pause().multipliedBy(10));
        while (!stopping) {
            try {
                if (relay.state() == Relay.State.SENDING && rejections.waiting(partner, 1) > 0) {
                    tell();
                }
                pause.reset();
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Throwable e) {
                // An Error, too: nobody would be told any more.
                LOG.warnf("%s is told later: %s", partner.name(), e.toString());
                pause.sleep();
            }
        }
    }

    private void tell() {
        try (RejectionSession session =
                new RejectionSession(partner, rejections, installation, config.brokerTimeout())) {
            session.settle();
            int told;
            do {
                told = session.tellOldest();
            } while (told > 0 && !stopping);
        }
    }
}
