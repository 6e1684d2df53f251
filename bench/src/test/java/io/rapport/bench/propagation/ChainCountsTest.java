package io.rapport.bench.propagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class ChainCountsTest {
    private final ChainCounts counts = new ChainCounts();

    @Test
    void every_chain_has_one_end() {
        counts.answeredInFull(1_000_000);
        counts.answeredInFull(2_000_000);
        counts.answeredInFull(3_000_000);
        counts.stale(ChainRead.CONTEXT);
        counts.notYetSeen(ChainRead.ACCOUNT);
        counts.notYetSeen(ChainRead.ACCOUNT);
        counts.broken(ChainRead.ACCOUNT, "404");
        counts.broken(ChainRead.ACCOUNT, "404");
        assertThat(counts.chains()).isEqualTo(8);
        assertThat(counts.fullPercent()).isEqualTo(37.5);
        assertThat(counts.full().getTotalCount()).isEqualTo(3);
        assertThat(counts.stale()).isEqualTo(1);
        assertThat(counts.staleAt(ChainRead.ACCOUNT)).isZero();
        assertThat(counts.notYetSeenAt(ChainRead.ACCOUNT)).isEqualTo(2);
        assertThat(counts.notYetSeenAt(ChainRead.CONTEXT)).isZero();
        assertThat(counts.broken()).containsExactly(entry("loyalty-service 404", 2L));
    }

    @Test
    void of_no_chain_nothing_is_answered() {
        assertThat(counts.fullPercent()).isZero();
    }
}
