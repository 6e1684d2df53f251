package io.rapport.customer.segment;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rapport.customer.SegmentReason;
import io.rapport.customer.segment.Mark.Told;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps members up with what other services tell: takes marks and decides about their customers.
 * Replicas share the work. Who answers for a customer is looked up before its row is held, and
 * again when it is; where a merge came between, the customer is marked again.
 */
@ApplicationScoped
class ContextUpkeep {

    private static final Logger LOG = Logger.getLogger(ContextUpkeep.class);

    /** For how long a mark is left alone whose customer could not be decided. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final ContextMarks marks;
    private final HeldCustomers held;
    private final SegmentDefinitions definitions;
    private final SegmentBuilds builds;
    private final SegmentConfig config;
    private final Clock clock;
    private volatile boolean stopping;

    /** How many marks are taken alone, since some together could not be decided. */
    private int oneByOne;

    private List<UUID> inHand = List.of();
    private @Nullable Thread thread;

    ContextUpkeep(
            ContextMarks marks,
            HeldCustomers held,
            SegmentDefinitions definitions,
            SegmentBuilds builds,
            SegmentConfig config,
            Clock clock) {
        this.marks = marks;
        this.held = held;
        this.definitions = definitions;
        this.builds = builds;
        this.config = config;
        this.clock = clock;
    }

    void onStart(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().daemon().name("segments").start(this::run);
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
    }

    private void run() {
        while (!stopping) {
            try {
                if (!QuarkusTransaction.requiringNew().call(this::decideSome)) {
                    Thread.sleep(config.poll());
                }
                oneByOne = Math.max(oneByOne - 1, 0);
            } catch (InterruptedException e) {
                return;
            } catch (Throwable e) {
                // An Error, too: without this thread no segment follows the context any more.
                LOG.warnf("Marks of segments are looked at again: %s", e.toString());
                if (!setAside(e) && !rest()) {
                    return;
                }
            }
        }
    }

    /**
     * Of many marks each is taken alone next; one that was alone waits for a while, so that nobody
     * else waits for its customer. False where nothing was set aside: the next would fail as well.
     */
    private boolean setAside(Throwable failure) {
        if (inHand.size() > 1) {
            oneByOne = inHand.size();
            return true;
        }
        if (inHand.isEmpty()) {
            return false;
        }
        try {
            LOG.errorf(
                    failure,
                    "In which segments %s is cannot be decided, and is tried again",
                    inHand);
            marks.putOff(inHand, clock.instant().plus(PAUSE));
            return true;
        } catch (RuntimeException e) {
            LOG.debugf("Not put off: %s", e.toString());
            return false;
        }
    }

    /** False when it was interrupted. */
    private boolean rest() {
        try {
            Thread.sleep(config.poll().multipliedBy(5));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** False when there was nothing to do. */
    private boolean decideSome() {
        inHand = List.of();
        // First, for while much is told there is always a mark.
        if (marks.isOfAnotherGeneration()) {
            beginAnew();
            return true;
        }
        List<Mark> marked = marks.take(oneByOne > 0 ? 1 : atOnce(), clock.instant());
        inHand = marked.stream().map(Mark::customer).toList();
        if (marked.isEmpty()) {
            return false;
        }
        Map<UUID, UUID> answering = marks.answering(inHand);
        held.decide(
                Set.copyOf(answering.values()),
                SegmentSet::readingContext,
                SegmentReason.CONTEXT,
                causes(marked, answering));
        Map<UUID, UUID> now = marks.answering(inHand);
        marks.again(
                marked.stream()
                        .filter(mark -> now.containsKey(mark.customer()))
                        .filter(mark -> !answering.containsValue(now.get(mark.customer())))
                        .toList());
        return true;
    }

    private int atOnce() {
        return config.customersAtOnce(definitions.current().readingContext().size());
    }

    /** The last event that told something of each customer who answers. */
    private static Map<UUID, Told> causes(List<Mark> marked, Map<UUID, UUID> answering) {
        Map<UUID, Told> causes = new HashMap<>();
        for (Mark mark : marked) {
            UUID answers = answering.get(mark.customer());
            Told told = mark.told();
            if (answers != null && told != null) {
                causes.put(answers, told);
            }
        }
        return causes;
    }

    /** After a replay other figures may be read, of which no fold has left a mark. */
    private void beginAnew() {
        builds.begin(
                definitions.current().readingContext().stream()
                        .map(SegmentSet.Ready::key)
                        .toList());
    }
}
