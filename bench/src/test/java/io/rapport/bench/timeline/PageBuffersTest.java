package io.rapport.bench.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageBuffersTest {
    @Test
    void the_uppermost_node_tells_what_a_plan_touches() {
        String plan =
                """
                [{"Plan": {"Node Type": "Limit", "Shared Hit Blocks": 200, "Shared Read Blocks": 3,
                  "Plans": [{"Node Type": "Sort", "Shared Hit Blocks": 200, "Shared Read Blocks": 3}]},
                  "Planning": {"Shared Hit Blocks": 50}}]""";

        assertThat(PageBuffers.touched(plan)).isEqualTo(203);
    }
}
