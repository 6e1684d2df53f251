package io.rapport.customer.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SegmentSetTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static Segment segment(String key, Condition... conditions) {
        return new Segment(
                key,
                new SegmentTerms(key, null, new Condition.Any(List.of(conditions)), true),
                1,
                NOW,
                NOW,
                null);
    }

    /** By as many ways as there are, this would take longer than anybody waits. */
    @Test
    void what_a_segment_reads_is_gathered_once_however_many_ways_lead_to_it() {
        List<Segment> segments = new ArrayList<>();
        segments.add(segment("s0", new Condition.Compare("country", Operator.KNOWN, List.of())));
        segments.add(
                segment("s1", new Condition.Compare("loyalty.tier", Operator.KNOWN, List.of())));
        for (int i = 2; i < 200; i++) {
            segments.add(
                    segment(
                            "s" + i,
                            new Condition.InSegment("s" + (i - 1)),
                            new Condition.InSegment("s" + (i - 2))));
        }

        SegmentSet set =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(10), () -> SegmentSet.of(7, segments, Map.of()));

        SegmentSet.Ready last = set.find("s199").orElseThrow();
        assertThat(last.fields())
                .extracting(Field::path)
                .containsExactlyInAnyOrder("country", "loyalty.tier");
        assertThat(last.readsContext()).isTrue();
    }

    @Test
    void a_chain_is_counted_through_all_that_lead_to_a_segment_and_from_it() {
        Map<String, Set<String>> to = new HashMap<>();
        to.put("top", Set.of("middle", "bottom"));
        to.put("middle", Set.of("low"));
        to.put("low", Set.of("bottom"));
        References references = new References(to);

        assertThat(references.chainThrough("alone")).isEqualTo(1);
        assertThat(references.chainThrough("middle")).isEqualTo(4);
        assertThat(references.chainThrough("bottom")).isEqualTo(4);
        assertThat(references.with("bottom", Set.of("ground")).chainThrough("low")).isEqualTo(5);
        assertThat(references.with("top", Set.of()).chainThrough("middle")).isEqualTo(3);
    }
}
