package io.rapport.bench.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PointsPromisedTest {
    private final PointsPromised promised = new PointsPromised(1, index -> "bench:c" + index);

    @Test
    void a_purchase_promises_those_that_were_recorded_before_it_was_sent() {
        PointsPromised.Promise first = promised.next();
        promised.recorded(first);
        PointsPromised.Promise second = promised.next();
        assertThat(second.least())
                .isEqualTo(first.purchase().points() + second.purchase().points());
        assertThat(second.balance()).isEqualTo(second.least());
    }

    @Test
    void one_that_is_still_on_its_way_may_be_recorded_later() {
        PointsPromised.Promise onItsWay = promised.next();
        PointsPromised.Promise second = promised.next();
        assertThat(second.least()).isEqualTo(second.purchase().points());
        assertThat(second.balance())
                .isEqualTo(onItsWay.purchase().points() + second.purchase().points());
    }

    @Test
    void of_one_that_was_refused_nothing_is_promised_later() {
        promised.refused(promised.next());
        PointsPromised.Promise next = promised.next();
        assertThat(next.balance()).isEqualTo(next.purchase().points());
    }

    @Test
    void after_a_warm_up_all_are_recorded() {
        promised.next();
        long before = promised.next().balance();
        promised.allRecorded();
        PointsPromised.Promise next = promised.next();
        assertThat(next.least()).isEqualTo(before + next.purchase().points());
    }
}
