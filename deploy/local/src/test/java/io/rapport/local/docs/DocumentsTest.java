package io.rapport.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What holds for all documents: links, names of tests, commands, ports, and the form of decisions.
 */
class DocumentsTest {

    private static final int LONGEST_DECISION_LINES = 60;
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*[a-z0-9](?:Test|IT))`");
    private static final Pattern COMMAND = Pattern.compile("\\./rapport ([a-z]+)");
    private static final Pattern WORD =
            Pattern.compile("^\\| \\*\\*([^*]+)\\*\\* \\|", Pattern.MULTILINE);
    private static final Pattern PORT =
            Pattern.compile("^quarkus\\.http\\.port=([0-9]+)$", Pattern.MULTILINE);
    private static final Pattern FENCED =
            Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private final List<Path> documents = Checkout.files(".", ".md");

    @Test
    void every_link_leads_somewhere() {
        List<String> broken = new ArrayList<>();
        for (Path document : documents) {
            for (String link : Checkout.words(LINK, withoutCode(document))) {
                if (!link.contains("://") && !leadsSomewhere(document, link)) {
                    broken.add(Checkout.shown(document) + ": " + link);
                }
            }
        }

        assertThat(documents).hasSizeGreaterThan(15);
        assertThat(broken).isEmpty();
    }

    @Test
    void every_test_that_is_named_exists() {
        Set<String> tests = new TreeSet<>();
        Checkout.files(".", ".java").forEach(file -> tests.add(file.getFileName().toString()));

        for (Path document : documents) {
            assertThat(Checkout.words(TEST, Checkout.text(document)))
                    .as(Checkout.shown(document))
                    .allMatch(name -> tests.contains(name + ".java"));
        }
        assertThat(Checkout.words(TEST, Checkout.text("README.md"))).hasSizeGreaterThan(20);
    }

    @Test
    void every_command_that_is_named_exists() {
        Set<String> commands = new TreeSet<>(Checkout.words(COMMAND, Checkout.text("rapport")));

        assertThat(commands).contains("up", "down", "test", "demo", "token");
        for (Path document : documents) {
            assertThat(Checkout.words(COMMAND, Checkout.text(document)))
                    .as(Checkout.shown(document))
                    .isSubsetOf(commands);
        }
        assertThat(Checkout.words(COMMAND, Checkout.text("docs/operations/local-stack.md")))
                .as("the whole list")
                .containsAll(commands);
    }

    @Test
    void every_service_stands_in_the_readme_with_its_port() {
        for (String service : Checkout.SERVICES) {
            String settings = Checkout.text(service + "/src/main/resources/application.properties");
            String port = Checkout.words(PORT, settings).getFirst();

            assertThat(Checkout.text("README.md"))
                    .containsPattern(
                            Pattern.compile(
                                    "^\\| (?:\\[%s]\\([^)]+\\)|%s) \\| %s \\|"
                                            .formatted(service, service, port),
                                    Pattern.MULTILINE));
        }
    }

    @Test
    void decisions_are_numbered_short_and_say_what_was_not_taken() {
        List<Path> decisions = Checkout.files("docs/adr", ".md");
        assertThat(decisions).hasSizeGreaterThanOrEqualTo(10);
        for (int i = 0; i < decisions.size(); i++) {
            String name = String.valueOf(decisions.get(i).getFileName());
            String text = Checkout.text(decisions.get(i));

            assertThat(name).startsWith("%04d-".formatted(i + 1));
            assertThat(text).startsWith("# %04d: ".formatted(i + 1)).contains("\nStatus: ");
            assertThat(text.lines().count()).as(name).isLessThanOrEqualTo(LONGEST_DECISION_LINES);
            assertThat(Checkout.words(HEADING, text).stream().skip(1))
                    .as(name)
                    .containsExactly("Context", "Options", "Decision", "Consequences");
            assertThat(Checkout.text("README.md")).contains("docs/adr/" + name);
        }
    }

    @Test
    void the_glossary_has_each_word_once_in_its_order() {
        List<String> words = Checkout.words(WORD, Checkout.text("docs/glossary.md"));

        assertThat(words).hasSizeGreaterThan(40).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void the_licence_is_the_whole_of_apache_2() {
        assertThat(Checkout.text("LICENSE"))
                .contains("Version 2.0, January 2004", "END OF TERMS AND CONDITIONS", "APPENDIX");
    }

    private static boolean leadsSomewhere(Path document, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? document : document.resolveSibling(path).normalize();
        return Files.exists(target)
                && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
    }

    /** The anchors that a forge makes of headings. */
    private static Set<String> anchors(Path document) {
        Set<String> anchors = new TreeSet<>();
        for (MatchResult heading : Checkout.matches(HEADING, withoutCode(document))) {
            anchors.add(
                    heading.group(1)
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N} _-]", "")
                            .replace(' ', '-'));
        }
        return anchors;
    }

    private static String withoutCode(Path document) {
        return FENCED.matcher(Checkout.text(document)).replaceAll("");
    }
}
