package io.rapport.platform.event;

import io.rapport.platform.Refusal;
import io.rapport.platform.event.ProgressTable.Progress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Applies parked events or gives them up, each in a transaction of its own under the lock of the
 * customer's progress row: it takes effect once and in its sequence, whoever else does the same or
 * applies what follows. A failure of the surroundings changes nothing. Thread-safe; call it outside
 * a transaction, but for {@link #erase}.
 */
@ApplicationScoped
public class ParkedEvents {

    private final Generations generations;
    private final ConsumerPositions positions;
    private final Map<String, Topic> topics = new HashMap<>();
    private final Parking parking;
    private final ProgressTable progressTable;
    private final EarlyEvents earlyEvents;
    private final EventDelivery delivery;
    private final RecordReader reader;

    ParkedEvents(
            Generations generations,
            ConsumerPositions positions,
            Installation installation,
            ConsumerConfiguration config,
            Parking parking,
            ProgressTable progressTable,
            EarlyEvents earlyEvents,
            EventDelivery delivery) {
        this.generations = generations;
        this.positions = positions;
        for (Topic topic : Topic.values()) {
            topics.put(installation.topic(topic), topic);
        }
        this.parking = parking;
        this.progressTable = progressTable;
        this.earlyEvents = earlyEvents;
        this.delivery = delivery;
        this.reader = new RecordReader(config.maxEventBytes());
    }

    /** Whether the topic is a log: a parked event then holds back what follows for its customer. */
    public boolean isOnLog(String topic) {
        return topics.containsKey(topic) && !topics.get(topic).compacted();
    }

    /** The event as it was read, while it is parked. */
    public Optional<ConsumerRecord<byte[], byte[]>> record(UUID id) {
        return parking.find(id).map(Parking.Parked::image);
    }

    /**
     * Applies the event and answers how many took effect: it, or none when it had before. Empty
     * when it was refused again, and then has its new cause, or is not parked any more.
     */
    public OptionalInt apply(UUID id) {
        try {
            return OptionalInt.of(delivery.inTransaction(() -> release(id, false, false)));
        } catch (RuntimeException e) {
            if (!EventFailures.ofTheEvent(e)) {
                throw e;
            }
            parking.refuse(id, EventFailures.code(e), EventDelivery.detail(e));
            return OptionalInt.empty();
        }
    }

    /**
     * Counts the event as applied, though it never takes effect; refused when it is not parked. One
     * that is {@code forged} leaves its number to the true event.
     */
    public void giveUp(UUID id, boolean forged) {
        delivery.inTransaction(() -> release(id, true, forged));
    }

    /**
     * Forgets, in the caller's transaction, what is parked of compacted topics, where personal data
     * travels: of these customers, and of nobody that can be told. What follows is not held back by
     * it. Numbered events hold nothing personal and stay.
     */
    @Transactional(TxType.MANDATORY)
    public void erase(Collection<UUID> customers) {
        parking.erase(
                topics.entrySet().stream()
                        .filter(topic -> topic.getValue().compacted())
                        .map(Map.Entry::getKey)
                        .toList(),
                customers);
    }

    /** What is said of an id under which nothing is parked. */
    public static Refusal unknown() {
        return Refusal.notFound(
                "unknown-parked-event",
                "No event is parked under this id; it may have been applied or discarded.");
    }

    private int release(UUID id, boolean givenUp, boolean forged) {
        // Whoever takes the row out first has the event; others wait for that and then miss it.
        Parking.Parked parked = parking.take(id).orElseThrow(ParkedEvents::unknown);
        boolean holdsBack = parked.customerId() != null && isOnLog(parked.topic());
        EventConsumer consumer = givenUp ? null : consumer(parked.consumer());
        if (consumer != null) {
            positions.requireFolded(consumer);
        }
        if (consumer == null && !holdsBack) {
            return 0;
        }
        Topic topic = Objects.requireNonNull(topics.get(parked.topic()));
        RecordReader.Place place = RecordReader.place(topic, parked.image());
        Map<UUID, Progress> locked =
                progressTable.lock(parked.consumer(), parked.topic(), Set.of(place.customer()));
        Progress progress = Objects.requireNonNull(locked.get(place.customer()));
        if (holdsBack) {
            progress.release();
        }
        int effects = forged ? 0 : settle(topic, place, parked, consumer, progress);
        progressTable.store(parked.consumer(), parked.topic(), locked.values());
        return effects;
    }

    private int settle(
            Topic topic,
            RecordReader.Place place,
            Parking.Parked parked,
            @Nullable EventConsumer consumer,
            Progress progress) {
        if (place.sequence() <= progress.applied()) {
            return 0;
        }
        if (topic.compacted() || place.sequence() == progress.applied() + 1) {
            progress.apply(place.sequence());
            if (consumer == null) {
                return 0;
            }
            delivery.deliver(consumer, List.of(reader.read(topic, parked.image())));
            return 1;
        }
        if (consumer == null) {
            throw Refusal.conflict(
                    "behind-another",
                    "Earlier events of its customer have not come. Retry it: it then waits for them.");
        }
        if (earlyEvents.keep(consumer.name(), place, parked.image())) {
            progress.setAside();
        }
        return 0;
    }

    private EventConsumer consumer(String name) {
        return generations.consumers().stream()
                .filter(consumer -> consumer.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.conflict(
                                        "unknown-consumer", "There is no such consumer any more."));
    }
}
