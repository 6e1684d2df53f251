package io.rapport.faults.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.faults.topic.Contents.Partition;
import io.rapport.faults.topic.Contents.Stranger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentsTest {
    private static final Logged OWN = record(0, "own");
    private static final Logged COPY = record(1, "own");
    private static final Logged SOUND = record(2, "sound");
    private static final Logged POISON = record(3, "poison");
    private static final Contents CONTENTS =
            new Contents(
                    List.of(OWN, COPY, SOUND, POISON),
                    Map.of(
                            COPY.place(), Stranger.COPY,
                            SOUND.place(), Stranger.SOUND,
                            POISON.place(), Stranger.POISON));

    @Test
    void copies_count_as_the_suites_own_and_what_strangers_made_up_does_not() {
        assertThat(CONTENTS.ofTheSuite()).containsExactly(OWN, COPY);
    }

    @Test
    void sound_events_take_effect_once_and_poison_does_not() {
        assertThat(CONTENTS.effective()).containsExactly(OWN, SOUND);
    }

    @Test
    void a_partition_ends_with_its_last_record_whoever_wrote_it() {
        assertThat(CONTENTS.lastOffsets()).isEqualTo(Map.of(new Partition("topic", 2), 3L));
    }

    private static Logged record(long offset, String id) {
        return new Logged(new Logged.Place("topic", 2, offset), null, Map.of("ce_id", id), null);
    }
}
