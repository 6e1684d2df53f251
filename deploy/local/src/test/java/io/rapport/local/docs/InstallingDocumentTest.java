package io.rapport.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/operations/installing.md} against what the local stack sets up for itself, which is
 * what every test and benchmark has run on.
 */
class InstallingDocumentTest {

    private static final String STACK = "deploy/local/src/main/java/io/rapport/local/stack/";
    private static final Pattern SQL =
            Pattern.compile("\"((?:CREATE|REVOKE|GRANT|ALTER|SELECT,|USAGE,) ?[^\"]*)\"");
    private static final Pattern SETTING =
            Pattern.compile("\"([a-z]+(?:\\.[a-z]+)+)\", \"([^\"]+)\"");
    private static final Pattern TOPIC = Pattern.compile("topic\\(\"([a-z]+)\", ");
    private static final Pattern PARTITIONS = Pattern.compile("PARTITIONS = ([0-9]+);");
    private static final Pattern MUST =
            Pattern.compile("^\\| `(rapport\\.[^`]+)` \\| [^|]+ \\| none \\|", Pattern.MULTILINE);

    private final String document =
            Checkout.text("docs/operations/installing.md").replaceAll("\\s+", " ");

    @Test
    void every_statement_about_rights_is_there() {
        List<String> statements = Checkout.words(SQL, Checkout.text(STACK + "Databases.java"));

        assertThat(statements).hasSizeGreaterThanOrEqualTo(9);
        for (String statement : statements) {
            String form = Pattern.quote(statement.strip()).replace("%s", "\\E[a-z_]+\\Q");
            assertThat(document).containsPattern(form.replace("'\\E[a-z_]+\\Q'", "'\\E[^']+\\Q'"));
        }
    }

    @Test
    void every_topic_is_there_with_its_settings() {
        String source = Checkout.text(STACK + "KafkaTopics.java");
        List<MatchResult> settings = Checkout.matches(SETTING, source);
        List<String> topics = Checkout.words(TOPIC, source);

        assertThat(settings).hasSizeGreaterThanOrEqualTo(6);
        assertThat(settings)
                .allMatch(it -> document.contains(" --config " + it.group(1) + "=" + it.group(2)));
        assertThat(topics).hasSize(5).allMatch(topic -> document.contains(topic));
        assertThat(document)
                .contains("--partitions " + Checkout.words(PARTITIONS, source).getFirst())
                .contains("max.compaction.lag.ms=86400000");
    }

    @Test
    void topics_with_fewer_partitions_are_refused() {
        String partitions =
                Checkout.words(PARTITIONS, Checkout.text(STACK + "KafkaTopics.java")).getFirst();

        assertThat(document)
                .contains("| `rapport.topics.min-partitions` | `%s`,".formatted(partitions));
        assertThat(Checkout.text(STACK + "ServiceProcess.java").replaceAll("\\s+", ""))
                .contains(
                        "\"rapport.topics.min-partitions\",Integer.toString(KafkaTopics.PARTITIONS)");
    }

    @Test
    void services_are_started_with_the_same_property() {
        String property = "-Dvertx.disableURIValidation=true";

        assertThat(Checkout.text(STACK + "ServiceProcess.java")).contains(property);
        assertThat(document).contains(property);
    }

    @Test
    void every_key_that_must_be_set_is_there() {
        List<String> keys = Checkout.words(MUST, Checkout.text("docs/configuration.md"));

        assertThat(keys).hasSizeGreaterThanOrEqualTo(6).allMatch(document::contains);
    }
}
