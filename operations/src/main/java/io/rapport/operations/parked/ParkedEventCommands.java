package io.rapport.operations.parked;

import io.micrometer.core.instrument.MeterRegistry;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.ConsumerConfiguration;
import io.rapport.platform.event.ParkedEvents;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What an admin does about parked events, one after the other in the order of their customer: the
 * first may be retried or discarded, and what waits behind it follows. Thread-safe; call it outside
 * a transaction, for each event has one of its own.
 */
@ApplicationScoped
public class ParkedEventCommands {

    private static final Logger LOG = Logger.getLogger(ParkedEventCommands.class);

    private final ParkedEvents parked;
    private final ParkedEventRows rows;
    private final ConsumerConfiguration config;
    private final MeterRegistry metrics;

    ParkedEventCommands(
            ParkedEvents parked,
            ParkedEventRows rows,
            ConsumerConfiguration config,
            MeterRegistry metrics) {
        this.parked = parked;
        this.rows = rows;
        this.config = config;
        this.metrics = metrics;
    }

    /** Those beyond the id {@code after}, oldest first; of one consumer and customer if named. */
    List<ParkedEvent> list(
            @Nullable String consumer, @Nullable UUID customer, @Nullable UUID after, int most) {
        return rows.page(consumer, customer, after, most);
    }

    /** One with what it says, as far as that cannot be personal. */
    ParkedContent require(UUID id) {
        ParkedEvent event = rows.require(id);
        return parked.record(id)
                .map(record -> ParkedContent.of(event, record, parked.isOnLog(event.topic())))
                .orElseThrow(ParkedEvents::unknown);
    }

    /**
     * Applies the event again, and then what is parked behind it, up to a batch. Refused while
     * another comes first, and when the event is refused again; then it has its new cause.
     */
    Released retry(UUID id) {
        ParkedEvent event = requireFirst(id);
        OptionalInt applied = parked.apply(id);
        if (applied.isEmpty()) {
            ParkedEvent now = rows.require(id);
            throw Refusal.conflict(
                    "still-refused", "It was refused again: " + now.cause() + ". " + now.detail());
        }
        return releaseFollowers(event, applied.getAsInt());
    }

    /**
     * Gives the event up: it counts as applied unless it is {@code forged}, and what is parked
     * behind it is applied, up to a batch. Refused while another comes first.
     */
    Released discard(UUID id, String reason, boolean forged) {
        ParkedEvent event = requireFirst(id);
        parked.giveUp(id, forged);
        metrics.counter("rapport.events.discarded.total", "consumer", event.consumer()).increment();
        LOG.warnf("Gave up %sfor %s: %s", forged ? "as forged " : "", reason, event);
        return releaseFollowers(event, 0);
    }

    private ParkedEvent requireFirst(UUID id) {
        ParkedEvent event = rows.require(id);
        UUID first = firstOf(event).map(ParkedEvent::id).orElse(id);
        if (!first.equals(id)) {
            throw Refusal.conflict(
                    "behind-another",
                    "Parked event " + first + " of the same customer comes first.");
        }
        return event;
    }

    /** Goes on with what waits behind, until one is refused again or a batch has been released. */
    private Released releaseFollowers(ParkedEvent event, int appliedBefore) {
        int applied = appliedBefore;
        Optional<ParkedEvent> next = firstOf(event);
        for (int left = config.batch(); left > 0 && next.isPresent(); left--) {
            OptionalInt more = parked.apply(next.get().id());
            next = firstOf(event);
            if (more.isEmpty()) {
                break;
            }
            applied += more.getAsInt();
        }
        return new Released(applied, next.orElse(null));
    }

    /** The first of those that hold each other back; none on a compacted topic, or of nobody. */
    private Optional<ParkedEvent> firstOf(ParkedEvent event) {
        return parked.isOnLog(event.topic()) ? rows.first(event) : Optional.empty();
    }
}
