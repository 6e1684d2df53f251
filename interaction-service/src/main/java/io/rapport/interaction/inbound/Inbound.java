package io.rapport.interaction.inbound;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rapport.platform.event.ConsumerConfiguration;
import io.rapport.platform.event.Installation;
import io.rapport.platform.event.Relay;
import io.rapport.platform.event.RelayConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Runs the readers of each partner's topic, and who tells the partner what was refused. */
@ApplicationScoped
class Inbound {

    private final Partners partners;
    private final InboundConfig config;
    private final Installation installation;
    private final ConsumerConfiguration consumers;
    private final InboundTopics topics;
    private final InboundPositions positions;
    private final InboundIntake intake;
    private final InboundMetrics metrics;
    private final Rejections rejections;
    private final Relay relay;
    private final RelayConfig relayConfig;
    private final Clock clock;
    private final List<InboundLoop> loops = new ArrayList<>();
    private final List<RejectionSender> senders = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    Inbound(
            Partners partners,
            InboundConfig config,
            Installation installation,
            ConsumerConfiguration consumers,
            InboundTopics topics,
            InboundPositions positions,
            InboundIntake intake,
            InboundMetrics metrics,
            Rejections rejections,
            Relay relay,
            RelayConfig relayConfig,
            Clock clock) {
        this.partners = partners;
        this.config = config;
        this.installation = installation;
        this.consumers = consumers;
        this.topics = topics;
        this.positions = positions;
        this.intake = intake;
        this.metrics = metrics;
        this.rejections = rejections;
        this.relay = relay;
        this.relayConfig = relayConfig;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        List<Partner> all = partners.all();
        if (config.enabled()) {
            all.forEach(this::start);
        }
    }

    private void start(Partner partner) {
        List<InboundLoop> readers =
                IntStream.range(0, config.readers())
                        .mapToObj(number -> reader(partner, number))
                        .toList();
        metrics.watch(partner, readers);
        readers.forEach(reader -> thread("inbound-" + partner.name(), reader::run));
        loops.addAll(readers);
        RejectionSender sender =
                new RejectionSender(partner, rejections, relay, installation, relayConfig);
        senders.add(sender);
        thread("rejections-" + partner.name(), sender::run);
    }

    private InboundLoop reader(Partner partner, int number) {
        return new InboundLoop(
                partner,
                number,
                installation,
                consumers,
                config,
                topics,
                positions,
                intake,
                metrics,
                clock);
    }

    private void thread(String name, Runnable work) {
        threads.add(Thread.ofPlatform().daemon().name(name).start(work));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loops.forEach(InboundLoop::stop);
        senders.forEach(RejectionSender::stop);
        for (Thread thread : threads) {
            thread.join(consumers.session());
        }
    }
}
