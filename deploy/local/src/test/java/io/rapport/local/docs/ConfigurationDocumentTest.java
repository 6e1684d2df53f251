package io.rapport.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/configuration.md} against the keys and defaults that the sources and settings have.
 */
class ConfigurationDocumentTest {

    private static final Pattern ROW =
            Pattern.compile(
                    "^\\| `((?:rapport|quarkus)\\.[^`]+)` \\| [^|]+ \\| ([^|]+) \\| [^|]+ \\|$",
                    Pattern.MULTILINE);
    private static final Pattern MAPPING =
            Pattern.compile("@ConfigMapping\\(prefix = \"(rapport\\.[a-z.-]+)\"\\)");
    private static final Pattern MEMBER =
            Pattern.compile("(?:@WithDefault\\(\"([^\"]*)\"\\)\\s+)?\\b[\\w<>]+ (\\w+)\\(\\);");
    private static final Pattern PROPERTY =
            Pattern.compile(
                    "@ConfigProperty\\(\\s*name = \"(rapport\\.[a-z.-]+)\"(?:,\\s*defaultValue = \"([^\"]*)\")?");
    private static final Pattern USED = Pattern.compile("\\$\\{(rapport\\.[a-z.-]+)");
    private static final Pattern SET =
            Pattern.compile("^((?:rapport|quarkus)\\.[^=\\s]+)\\s*=\\s*(.*)$", Pattern.MULTILINE);

    /**
     * The values that a key has in sources and settings; empty where an installation must give one.
     */
    private final Map<String, Set<String>> known = new TreeMap<>();

    private final Map<String, String> documented = new TreeMap<>();

    ConfigurationDocumentTest() {
        for (String module : Checkout.MODULES) {
            Checkout.sources(module).forEach(this::readSource);
            Checkout.files(module + "/src/main/resources", ".properties")
                    .forEach(this::readSettings);
        }
        Checkout.matches(ROW, Checkout.text("docs/configuration.md"))
                .forEach(row -> documented.put(row.group(1), row.group(2).strip()));
    }

    @Test
    void every_key_of_ours_is_described_and_no_other() {
        assertThat(ours(known.keySet())).hasSizeGreaterThan(40);
        assertThat(documented.keySet()).as("described").containsAll(ours(known.keySet()));
        assertThat(known.keySet()).as("known to the code").containsAll(ours(documented.keySet()));
    }

    @Test
    void every_default_is_that_of_the_code() {
        documented.forEach(
                (key, told) -> {
                    Set<String> values = known.getOrDefault(key, Set.of());
                    switch (told) {
                        case "none" -> assertThat(values).as(key).isEmpty();
                        case "each its own" ->
                                assertThat(values).as(key).hasSize(Checkout.SERVICES.size());
                        default -> assertThat(values).as(key).contains(told.replace("`", ""));
                    }
                });
    }

    @Test
    void members_of_a_mapping_are_written_as_a_configuration_has_them() {
        assertThat(kebab("maxEventBytes")).isEqualTo("max-event-bytes");
    }

    private void readSource(Path file) {
        String source = Checkout.text(file);
        for (String prefix : Checkout.words(MAPPING, source)) {
            for (MatchResult member : Checkout.matches(MEMBER, source)) {
                add(prefix + "." + kebab(member.group(2)), member.group(1));
            }
        }
        Checkout.matches(PROPERTY, source).forEach(it -> add(it.group(1), it.group(2)));
        Checkout.words(USED, source).forEach(key -> add(key, null));
    }

    private void readSettings(Path file) {
        String settings = Checkout.text(file);
        Checkout.matches(SET, settings).forEach(it -> add(it.group(1), it.group(2).strip()));
        Checkout.words(USED, settings).forEach(key -> add(key, null));
    }

    private void add(String key, @Nullable String value) {
        Set<String> values = known.computeIfAbsent(key, any -> new TreeSet<>());
        if (value != null) {
            values.add(value);
        }
    }

    private static Set<String> ours(Set<String> keys) {
        Set<String> ours = new TreeSet<>(keys);
        ours.removeIf(key -> !key.startsWith("rapport."));
        return ours;
    }

    private static String kebab(String member) {
        return member.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
