package io.rapport.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/operations/alarms.md} against what the services measure and how they park. */
class AlarmsDocumentTest {

    private static final Pattern MEASURED = Pattern.compile("\"(rapport\\.[a-z.]+)\"");
    private static final Pattern TOLD = Pattern.compile("\\b(rapport_[a-z_]+)");
    private static final Pattern UNREADABLE =
            Pattern.compile("Refusal\\.invalid\\(\\s*\"([a-z0-9-]+)\"");

    private static final Pattern LINE = Pattern.compile("`([^`\n]*…[^`\n]*)`");
    private static final Pattern TEXT = Pattern.compile("\"([^\"\n]+)\"");
    private static final Set<String> LINES_OF_KAFKA =
            Set.of(
                    "… is out of range …",
                    "Detected truncated partitions …",
                    "Shutdown broker because all log dirs in … have failed");

    private final String document = Checkout.text("docs/operations/alarms.md");

    @Test
    void every_metric_is_described_and_no_other() {
        Set<String> measured = new TreeSet<>();
        for (String module : Checkout.MODULES) {
            for (Path file : Checkout.sources(module)) {
                String source = Checkout.text(file);
                if (source.contains("import io.micrometer.")) {
                    Checkout.words(MEASURED, source)
                            .forEach(name -> measured.add(name.replace('.', '_')));
                }
            }
        }

        assertThat(measured).contains("rapport_outbox_pending");
        assertThat(new TreeSet<>(Checkout.words(TOLD, document))).isEqualTo(measured);
    }

    @Test
    void every_state_is_explained() {
        for (String owner : List.of("Relay", "ConsumerLoop")) {
            String source =
                    Checkout.text(
                            "platform/src/main/java/io/rapport/platform/event/" + owner + ".java");
            List<String> states =
                    Checkout.words(Pattern.compile("enum State \\{([^}]*)}"), source).stream()
                            .flatMap(body -> Pattern.compile(",").splitAsStream(body))
                            .map(String::strip)
                            .toList();

            assertThat(states).as(owner).contains("FAILING");
            assertThat(states).as(owner).allMatch(state -> document.contains("`" + state + "`"));
        }
    }

    @Test
    void every_cause_of_an_unreadable_event_is_explained() {
        List<String> causes =
                Checkout.words(
                        UNREADABLE,
                        Checkout.text(
                                "platform/src/main/java/io/rapport/platform/event/RecordReader.java"));

        assertThat(causes).contains("wrong-source");
        assertThat(causes).allMatch(cause -> document.contains("`" + cause + "`"));
    }

    @Test
    void every_line_of_the_log_is_one_that_a_service_says() {
        List<String> said = new ArrayList<>();
        for (String module : Checkout.MECHANISM) {
            for (Path file : Checkout.sources(module)) {
                Checkout.words(TEXT, Checkout.text(file))
                        .forEach(text -> said.add(text.replaceAll("%[sd]", "…")));
            }
        }
        List<String> told =
                Checkout.words(LINE, document).stream()
                        .filter(line -> line.contains(" ") && !LINES_OF_KAFKA.contains(line))
                        .toList();

        assertThat(told).contains("… tries again: …");
        assertThat(told)
                .allSatisfy(
                        line ->
                                assertThat(said)
                                        .anyMatch(text -> text.contains(withoutEnds(line))));
    }

    private static String withoutEnds(String line) {
        return line.replaceAll("^… ?| ?…$", "");
    }
}
