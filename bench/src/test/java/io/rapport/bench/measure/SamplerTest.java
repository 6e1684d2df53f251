package io.rapport.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SamplerTest {
    @Test
    void it_looks_again_and_again_until_it_is_closed() throws Exception {
        CountDownLatch three = new CountDownLatch(3);
        Sampler sampler = new Sampler("three-looks", Duration.ofMillis(1), three::countDown);
        three.await();
        assertThat(threads()).contains("three-looks");
        sampler.close();
        assertThat(threads()).doesNotContain("three-looks");
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    @Test
    void closing_tells_of_a_look_that_failed() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        Sampler sampler =
                new Sampler(
                        "looks",
                        Duration.ofMillis(1),
                        () -> {
                            looked.countDown();
                            throw new IllegalStateException("nothing to see");
                        });
        looked.await();
        assertThatThrownBy(sampler::close).hasMessage("nothing to see");
    }
}
