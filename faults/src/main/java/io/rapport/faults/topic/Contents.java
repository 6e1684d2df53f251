package io.rapport.faults.topic;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that lies in the topics, and which of it strangers have written on purpose. */
public record Contents(List<Logged> all, Map<Logged.Place, Stranger> strange) {
    /** What a stranger's record is, and so what should become of it. */
    public enum Stranger {
        /** The same again as a service wrote it: has no effect. */
        COPY,
        /** An event as a service could have written it: has its effect. */
        SOUND,
        /** Cannot be applied, or lies behind what cannot: is parked and has no effect. */
        POISON
    }

    /** What the services wrote, and copies of it. */
    public List<Logged> ofTheSuite() {
        return all.stream()
                .filter(
                        record -> {
                            Stranger stranger = strange.get(record.place());
                            return stranger == null || stranger == Stranger.COPY;
                        })
                .toList();
    }

    /** What must have had an effect, each event once, in the order of each partition. */
    public List<Logged> effective() {
        Set<String> ids = new HashSet<>();
        return all.stream()
                .filter(record -> strange.get(record.place()) != Stranger.POISON)
                .filter(record -> ids.add(record.id()))
                .toList();
    }

    /** Where the last record of each partition lies, by topic and partition. */
    public Map<Partition, Long> lastOffsets() {
        Map<Partition, Long> last = new HashMap<>();
        for (Logged record : all) {
            Logged.Place place = record.place();
            last.merge(new Partition(place.topic(), place.partition()), place.offset(), Math::max);
        }
        return last;
    }

    /** A partition of a topic. */
    public record Partition(String topic, int number) {}
}
