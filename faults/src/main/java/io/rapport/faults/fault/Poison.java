package io.rapport.faults.fault;

import io.rapport.faults.audit.Parked.ParkedEvent;
import io.rapport.faults.load.Load.Bystander;
import io.rapport.faults.topic.Contents.Stranger;
import io.rapport.faults.topic.Logged;
import io.rapport.faults.topic.StrangeWriter.Draft;
import io.rapport.faults.topic.StrangeWriter.Pen;
import io.rapport.faults.topic.SuiteTopic;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A stranger writes into the logs: what came before again, events out of their order, types and
 * versions of tomorrow, and what can never be applied. Everything lies in the partition of one
 * bystander, whose own events follow it: a relay that looked for the end of its log and found an
 * event that it never sent would rightly send nothing any more.
 */
final class Poison {
    static final Fault FAULT =
            new Fault(
                    "poison",
                    "a stranger writes duplicates, old, early, unknown and unreadable events",
                    Poison::spread);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(500);

    /** One more byte than a consumer takes. */
    private static final int TOO_LARGE = 262_144 + 1;

    private static final Map<SuiteTopic, List<String>> READERS =
            Map.of(
                    SuiteTopic.CUSTOMERS,
                    List.of(
                            "directory in interaction-service",
                            "directory in loyalty-service",
                            "directory in feedback-service"),
                    SuiteTopic.INTERACTIONS,
                    List.of("earning in loyalty-service", "context in customer-service"),
                    SuiteTopic.LOYALTY,
                    List.of("context in customer-service"),
                    SuiteTopic.FEEDBACK,
                    List.of("context in customer-service"));

    private static final Map<SuiteTopic, ServiceName> WRITERS =
            Map.of(
                    SuiteTopic.CUSTOMERS, ServiceName.CUSTOMER,
                    SuiteTopic.INTERACTIONS, ServiceName.INTERACTION,
                    SuiteTopic.LOYALTY, ServiceName.LOYALTY,
                    SuiteTopic.FEEDBACK, ServiceName.FEEDBACK);

    private final Scene scene;
    private final Pen pen;
    private final Map<SuiteTopic, Logged.Place> last = new EnumMap<>(SuiteTopic.class);
    private int written;

    private Poison(Scene scene, Pen pen) {
        this.scene = scene;
        this.pen = pen;
    }

    private static String spread(Scene scene) {
        try (Pen pen = scene.strangers().open()) {
            return new Poison(scene, pen).spread();
        }
    }

    private String spread() {
        int before = scene.poison().size();
        Bystander bystander = scene.load().bystander();
        List<Logged> events = awaitInEveryLog(bystander);
        for (SuiteTopic log : WRITERS.keySet()) {
            List<Logged> own =
                    events.stream()
                            .filter(event -> event.place().topic().equals(log.topic()))
                            .toList();
            write(log, Draft.copyOf(own.getLast()), Stranger.COPY);
            write(log, Draft.copyOf(own.getFirst()), Stranger.COPY);
            Drafts drafts = new Drafts(log, own.getFirst().place().partition());
            misshapen(drafts);
            if (log == SuiteTopic.INTERACTIONS || log == SuiteTopic.FEEDBACK) {
                outOfOrder(drafts);
                unreadable(drafts);
            }
        }
        awaitCovered(bystander);
        return "%d strange records, %d to be parked"
                .formatted(written, scene.poison().size() - before);
    }

    private void misshapen(Drafts drafts) {
        String nobody = Drafts.nobody();
        Draft sound = drafts.sound(nobody, 1);
        park(drafts.log(), drafts.bare("nonsense"), "missing-attribute");
        park(drafts.log(), drafts.with(sound, "ce_source", "/else/where"), "wrong-source");
        park(drafts.log(), drafts.keyed(sound, Drafts.nobody()), "wrongly-keyed");
        park(drafts.log(), drafts.with(sound, "ce_customersequence", "one"), "invalid-attribute");
        park(
                drafts.log(),
                drafts.event(Drafts.nobody(), 1, drafts.type(), null),
                "event-without-payload");
        park(
                drafts.log(),
                drafts.event(Drafts.nobody(), 1, drafts.type(), "x".repeat(TOO_LARGE)),
                "event-too-large");
    }

    private void outOfOrder(Drafts drafts) {
        String nobody = Drafts.nobody();
        Draft first = drafts.sound(nobody, 1);
        Draft second = drafts.sound(nobody, 2);
        for (Draft draft :
                List.of(
                        first,
                        drafts.sound(nobody, 3),
                        second,
                        second,
                        first,
                        drafts.event(nobody, 4, "type.of-tomorrow.v1", "{}"),
                        drafts.event(nobody, 5, drafts.type().replace(".v1", ".v2"), "{\"n\": 1}"),
                        drafts.sound(nobody, 6))) {
            write(drafts.log(), draft, Stranger.SOUND);
        }
    }

    private void unreadable(Drafts drafts) {
        String nobody = Drafts.nobody();
        park(
                drafts.log(),
                drafts.event(nobody, 1, drafts.type(), "this is no JSON"),
                "event-unreadable");
        park(drafts.log(), drafts.sound(nobody, 2), "behind-a-parked-event");
    }

    private void park(SuiteTopic log, Draft draft, String cause) {
        Logged.Place place = write(log, draft, Stranger.POISON);
        READERS.getOrDefault(log, List.of())
                .forEach(consumer -> scene.expectParked(new ParkedEvent(consumer, place, cause)));
    }

    private Logged.Place write(SuiteTopic log, Draft draft, Stranger kind) {
        Logged.Place place = pen.write(draft, kind);
        last.put(log, place);
        written++;
        return place;
    }

    /** The bystander's events, as soon as there are some in each log. */
    private List<Logged> awaitInEveryLog(Bystander bystander) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<Logged> own =
                    scene.reader().read().stream()
                            .filter(event -> event.customer().equals(bystander.id()))
                            .toList();
            if (WRITERS.keySet().stream()
                    .allMatch(
                            log ->
                                    own.stream()
                                            .anyMatch(
                                                    event ->
                                                            event.place()
                                                                    .topic()
                                                                    .equals(log.topic())))) {
                return own;
            }
            goOn(bystander, deadline, "has no event in each log");
        }
    }

    /** Returns when each service has sent something of its own behind what the stranger wrote. */
    private void awaitCovered(Bystander bystander) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Arrays.stream(SuiteTopic.values()).filter(SuiteTopic::log).anyMatch(this::isOpen)) {
            goOn(bystander, deadline, "has no event behind the stranger's");
        }
    }

    private boolean isOpen(SuiteTopic log) {
        Logged.Place place = last.get(log);
        ServiceName writer = WRITERS.get(log);
        return place != null
                && writer != null
                && scene.tables()
                                .number(
                                        writer,
                                        """
                                        SELECT coalesce(max(next_offset), 0) FROM relay_offset
                                        WHERE topic = '%s' AND partition = %d"""
                                                .formatted(place.topic(), place.partition()))
                        <= place.offset();
    }

    private void goOn(Bystander bystander, long deadline, String what) {
        if (System.nanoTime() > deadline) {
            throw new CannotGoOn("Customer " + bystander.id() + " " + what + " in time.");
        }
        bystander.touch();
        scene.pause(LOOK);
    }
}
