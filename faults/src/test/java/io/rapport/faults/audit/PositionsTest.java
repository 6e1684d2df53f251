package io.rapport.faults.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.faults.audit.Lag.Position;
import io.rapport.faults.topic.Contents.Partition;
import java.util.List;
import org.junit.jupiter.api.Test;

class PositionsTest {
    private static final Partition PARTITION = new Partition(MadeUp.INTERACTIONS, 4);

    private final Positions positions = new Positions();

    @Test
    void positions_that_stay_or_go_on_are_clean() {
        see("context", 7);
        see("context", 7);
        see("context", 9);

        assertThat(positions.findings()).isEmpty();
    }

    @Test
    void a_position_that_goes_back_is_found_although_it_goes_on_later() {
        see("context", 7);
        see("context", 5);
        see("context", 9);

        assertThat(positions.findings())
                .extracting(Finding::what)
                .containsExactly("context went back from 7 to 5 of rapport.interactions.v1-4");
    }

    @Test
    void each_consumer_has_a_position_of_its_own() {
        see("context", 7);
        see("earning", 5);

        assertThat(positions.findings()).isEmpty();
    }

    private void see(String consumer, long next) {
        positions.see(List.of(new Position(consumer, PARTITION, next)));
    }
}
