package io.rapport.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalTest {
    @Test
    void what_cannot_be_done_just_now_always_says_when_to_ask_again() {
        Refusal refusal = Refusal.unavailable("too-many", "Slower.");

        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(refusal.retryAfter(Duration.ofSeconds(5)).retryAfter())
                .contains(Duration.ofSeconds(5));
        assertThat(Refusal.gone("over", "It is over.").retryAfter()).isEmpty();
    }
}
