package io.rapport.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/events.md} against producers, consumers, samples and topics. */
class EventsDocumentTest {

    private static final String SAMPLES = "platform/src/test/resources/samples";
    private static final Pattern PRODUCED = Pattern.compile("@EventType\\(\\s*\"([^\"]+)\"");
    // Names of topics look alike, and what follows a JSON name is in an example.
    private static final Pattern NAMED =
            Pattern.compile(
                    "(?<!\": )\"((?!rapport\\.)[a-z]+(?:\\.[a-z]+(?:-[a-z]+)*|-snapshot)\\.v[0-9]+)\"");
    private static final Pattern TOPIC =
            Pattern.compile("[A-Z]+\\(\"([a-z]+)\", \"([a-z-]+)\", (true|false)\\)");
    private static final Pattern SECTION =
            Pattern.compile(
                    "^### (\\S+\\.v[0-9]+)\\n(.*?)(?=^#{2,3} |\\z)",
                    Pattern.MULTILINE | Pattern.DOTALL);

    private final String document = Checkout.text("docs/events.md");
    private final Map<String, String> sections = sections();
    private final Map<String, String> producers = producers();

    @Test
    void every_type_has_a_section_and_a_sample() {
        assertThat(producers).hasSizeGreaterThanOrEqualTo(8);
        assertThat(sections.keySet()).containsExactlyInAnyOrderElementsOf(producers.keySet());
        assertThat(samples()).containsExactlyInAnyOrderElementsOf(producers.keySet());
    }

    @Test
    void the_overview_names_each_type_with_its_producer() {
        producers.forEach(
                (type, service) ->
                        assertThat(document)
                                .containsPattern(
                                        Pattern.compile(
                                                "^\\| `"
                                                        + Pattern.quote(type)
                                                        + "` \\| [a-z]+ \\| "
                                                        + service
                                                        + " \\|",
                                                Pattern.MULTILINE)));
    }

    @Test
    void every_field_of_a_sample_is_described() throws IOException {
        JsonMapper json = new JsonMapper();
        for (Map.Entry<String, String> section : sections.entrySet()) {
            json.readTree(Checkout.text(SAMPLES + "/" + section.getKey() + ".json"))
                    .fieldNames()
                    .forEachRemaining(
                            field ->
                                    assertThat(section.getValue())
                                            .as(section.getKey())
                                            .contains("`" + field + "`"));
        }
    }

    @Test
    void a_consumer_names_only_what_somebody_produces() {
        for (Map.Entry<String, Set<String>> consumer : consumers().entrySet()) {
            assertThat(producers.keySet()).as(consumer.getKey()).containsAll(consumer.getValue());
        }
        assertThat(namedIn("case \"feedback.withdrawn.v1\" -> {}"))
                .as("what is looked for is found")
                .containsExactly("feedback.withdrawn.v1");
        assertThat(
                        namedIn(
                                "{\"topic\": \"rapport.a.v1\", \"type\": \"a.b.v1\"} of(\"rapport.a.v1\")"))
                .as("topics and examples are no types that are read")
                .isEmpty();
    }

    @Test
    void every_consumer_stands_with_what_it_reads() {
        Map<String, Set<String>> consumers = consumers();
        assertThat(consumers.keySet()).contains("directory", "customer-service", "loyalty-service");
        consumers.forEach(
                (module, types) ->
                        types.forEach(
                                type ->
                                        assertThat(sections.get(type))
                                                .as(type)
                                                .contains(
                                                        module.equals("directory")
                                                                ? "`directory`"
                                                                : module)));
    }

    @Test
    void every_topic_stands_with_its_kind_and_its_writer() {
        List<MatchResult> topics = topics();
        assertThat(topics).hasSizeGreaterThanOrEqualTo(5);
        for (MatchResult topic : topics) {
            String kind = topic.group(3).equals("true") ? "compacted" : "log";
            assertThat(document)
                    .contains(
                            "| `rapport.%s.v1` | %s | %s |"
                                    .formatted(topic.group(1), kind, topic.group(2)));
        }
    }

    private Map<String, String> sections() {
        Map<String, String> found = new TreeMap<>();
        Checkout.matches(SECTION, document)
                .forEach(section -> found.put(section.group(1), section.group(2)));
        return found;
    }

    /** Which service produces a type: events by their annotation, snapshots by the topic. */
    private static Map<String, String> producers() {
        Map<String, String> found = new TreeMap<>();
        for (String service : Checkout.SERVICES) {
            for (Path source : Checkout.sources(service)) {
                Checkout.words(PRODUCED, Checkout.text(source))
                        .forEach(type -> found.put(type, service));
            }
        }
        for (MatchResult topic : topics()) {
            if (topic.group(3).equals("true")) {
                found.put(topic.group(1) + "-snapshot.v1", topic.group(2));
            }
        }
        return found;
    }

    private static List<MatchResult> topics() {
        return Checkout.matches(
                TOPIC,
                Checkout.text("platform/src/main/java/io/rapport/platform/event/Topic.java"));
    }

    /** Which types a module names other than to produce them. */
    private static Map<String, Set<String>> consumers() {
        Map<String, Set<String>> found = new TreeMap<>();
        for (String module : Checkout.MODULES) {
            for (Path source : Checkout.sources(module)) {
                Set<String> named = namedIn(Checkout.text(source));
                if (!named.isEmpty()) {
                    found.computeIfAbsent(module, any -> new TreeSet<>()).addAll(named);
                }
            }
        }
        return found;
    }

    private static Set<String> namedIn(String source) {
        return new TreeSet<>(Checkout.words(NAMED, PRODUCED.matcher(source).replaceAll("")));
    }

    private static List<String> samples() {
        return Checkout.files(SAMPLES, ".json").stream()
                .map(file -> file.getFileName().toString().replaceFirst("\\.json$", ""))
                .toList();
    }
}
