package io.rapport.faults.fault;

import io.rapport.faults.audit.Outage;
import io.rapport.faults.audit.Parked.ParkedEvent;
import io.rapport.faults.load.Load.Bystander;
import io.rapport.faults.topic.Contents.Stranger;
import io.rapport.faults.topic.Logged;
import io.rapport.faults.topic.StrangeWriter.Draft;
import io.rapport.faults.topic.StrangeWriter.Pen;
import io.rapport.faults.topic.SuiteTopic;
import io.rapport.local.stack.CannotGoOn;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A stranger writes into the topics: what came before again, events out of their order, types and
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

    private static final String TOMORROW = "type.of-tomorrow.v1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** One more byte than a consumer takes. */
    private static final int TOO_LARGE = 262_144 + 1;

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
        List<Logged> events = awaitInEveryTopic(bystander);
        for (SuiteTopic topic : SuiteTopic.values()) {
            List<Logged> own = events.stream().filter(event -> liesIn(topic, event)).toList();
            write(topic, Draft.copyOf(own.getLast()), Stranger.COPY);
            write(topic, Draft.copyOf(own.getFirst()), Stranger.COPY);
            Drafts drafts = new Drafts(topic, own.getFirst().place().partition());
            misshapen(drafts);
            unknown(drafts);
            unreadable(drafts);
            if (topic.log()) {
                incomplete(drafts);
                outOfOrder(drafts);
            } else {
                keyless(drafts);
            }
        }
        Duration slowest = requireOthersApplied(bystander);
        return String.format(
                Locale.ROOT,
                "%d strange records, %d to be parked, others' behind them applied after %.1f s",
                written,
                scene.poison().size() - before,
                slowest.toMillis() / 1e3);
    }

    private static boolean liesIn(SuiteTopic topic, Logged event) {
        return event.place().topic().equals(topic.topic());
    }

    private void misshapen(Drafts drafts) {
        SuiteTopic topic = drafts.topic();
        Draft sound = drafts.sound(Drafts.nobody(), 1);
        park(topic, drafts.bare(Drafts.nobody(), "nonsense"), "missing-attribute");
        park(topic, drafts.with(sound, "ce_source", "/else/where"), "wrong-source");
        park(topic, drafts.keyed(sound, Drafts.nobody()), "wrongly-keyed");
        park(topic, drafts.with(sound, drafts.number(), "one"), "invalid-attribute");
        park(
                topic,
                drafts.event(Drafts.nobody(), 1, drafts.type(), "x".repeat(TOO_LARGE)),
                "event-too-large");
    }

    /** What has no key or no payload, which a log takes and none of ours ever has. */
    private void incomplete(Drafts drafts) {
        SuiteTopic log = drafts.topic();
        park(log, drafts.bare(null, "nonsense"), "missing-attribute");
        park(log, drafts.keyed(drafts.sound(Drafts.nobody(), 1), null), "wrongly-keyed");
        park(log, drafts.event(Drafts.nobody(), 1, drafts.type(), null), "event-without-payload");
    }

    /** The broker itself takes no record without a key where the newest of each key is kept. */
    private void keyless(Drafts drafts) {
        if (!pen.isRefused(drafts.keyed(drafts.sound(Drafts.nobody(), 1), null))) {
            throw new CannotGoOn(drafts.topic().topic() + " took a record without a key.");
        }
    }

    /** Of a customer of whom nothing else is ever told, so that nobody comes to know of it. */
    private void unknown(Drafts drafts) {
        String nobody = Drafts.nobody();
        write(drafts.topic(), drafts.event(nobody, 1, TOMORROW, "{}"), Stranger.SOUND);
        write(
                drafts.topic(),
                drafts.event(nobody, 2, drafts.type().replace(".v1", ".v2"), "{\"n\": 1}"),
                Stranger.SOUND);
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
                        drafts.event(nobody, 4, TOMORROW, "{}"),
                        drafts.sound(nobody, 5))) {
            write(drafts.topic(), draft, Stranger.SOUND);
        }
    }

    private void unreadable(Drafts drafts) {
        SuiteTopic topic = drafts.topic();
        String nobody = Drafts.nobody();
        List<String> opening = Readers.opening(topic);
        Draft noJson = drafts.event(nobody, 1, drafts.type(), "this is no JSON");
        if (opening.isEmpty()) {
            write(topic, noJson, Stranger.SOUND);
            return;
        }
        park(topic, noJson, "event-unreadable", opening);
        if (topic.log()) {
            park(topic, drafts.sound(nobody, 2), "behind-a-parked-event", opening);
        }
    }

    private void park(SuiteTopic topic, Draft draft, String cause) {
        park(topic, draft, cause, Readers.of(topic));
    }

    private void park(SuiteTopic topic, Draft draft, String cause, List<String> consumers) {
        Logged.Place place = write(topic, draft, Stranger.POISON);
        consumers.forEach(consumer -> scene.expectParked(new ParkedEvent(consumer, place, cause)));
    }

    private Logged.Place write(SuiteTopic topic, Draft draft, Stranger kind) {
        Logged.Place place = pen.write(draft, kind);
        last.put(topic, place);
        written++;
        return place;
    }

    /** The bystander's events, as soon as there are some in each topic. */
    private List<Logged> awaitInEveryTopic(Bystander bystander) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<Logged> own =
                    scene.reader().read().stream()
                            .filter(event -> event.customer().equals(bystander.id()))
                            .toList();
            if (Arrays.stream(SuiteTopic.values())
                    .allMatch(topic -> own.stream().anyMatch(event -> liesIn(topic, event)))) {
                return own;
            }
            if (System.nanoTime() > deadline) {
                throw new CannotGoOn(
                        "Customer " + bystander.id() + " has no event in each topic in time.");
            }
            bystander.touch();
            scene.pause(LOOK);
        }
    }

    /**
     * Each service writes something of its own behind what the stranger wrote, and all who read it
     * apply that soon; answers how long the slowest took.
     */
    private Duration requireOthersApplied(Bystander bystander) {
        Readers readers = new Readers(scene.tables(), last);
        long began = System.nanoTime();
        bystander.touch();
        while (true) {
            Duration passed = Duration.ofNanos(System.nanoTime() - began);
            if (readers.look(passed)) {
                break;
            }
            if (passed.compareTo(PATIENCE) > 0) {
                readers.giveUp(passed);
                break;
            }
            scene.pause(LOOK);
            if (!readers.covered()) {
                bystander.touch();
            }
        }
        scene.findLate(Outage.behindPoison(readers.took()));
        return readers.took().values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
