package io.rapport.bench.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    @TempDir private Path folder;

    private record Weighing(String name, String summary) implements Benchmark {
        @Override
        public List<Figure> measure(Lab lab) {
            return List.of();
        }
    }

    @Test
    void a_file_holds_machine_figures_ratios_and_details() throws Exception {
        Results results =
                new Results(Instant.parse("2026-11-21T10:15:30Z"), Pace.QUICK, Map.of("cores", 2));
        results.add(
                new Weighing("customer-read", "by id"),
                List.of(
                        Figure.of("customer-read", 4_000, Unit.PER_SECOND)
                                .against(10_000)
                                .aimingAt(Target.atLeast(0.35))
                                .detail("fsyncMillis", Map.of("p50", 0.5))));
        Path file = results.write(folder.resolve("bench"));

        assertThat(file.getFileName()).hasToString("2026-11-21T10-15-30Z.json");
        JsonNode written = new JsonMapper().readTree(file.toFile());
        assertThat(written.at("/machine/cores").asInt()).isEqualTo(2);
        assertThat(written.at("/pace").asText()).isEqualTo("quick");
        JsonNode figure = written.at("/benchmarks/0/figures/0");
        assertThat(figure.at("/unit").asText()).isEqualTo("/s");
        assertThat(figure.at("/ratio").asDouble()).isEqualTo(0.4);
        assertThat(figure.at("/target/atLeast").asDouble()).isEqualTo(0.35);
        assertThat(figure.at("/met").asBoolean()).isTrue();
        assertThat(figure.at("/fsyncMillis/p50").asDouble()).isEqualTo(0.5);
    }
}
