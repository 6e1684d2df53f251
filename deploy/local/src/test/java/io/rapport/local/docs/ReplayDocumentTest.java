package io.rapport.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/operations/replay.md} against what projections leave out of the comparison. */
class ReplayDocumentTest {

    private static final Pattern TABLE =
            Pattern.compile("new ProjectionTable\\(\\s*\"(\\w+)\",\\s*Set\\.of\\(([^)]*)\\)\\)");
    private static final Pattern TEXT = Pattern.compile("\"(\\w+)\"");
    private static final Pattern TOLD = Pattern.compile("`(\\w+_by_generation\\.\\w+)`");

    @Test
    void every_technical_column_is_named_and_no_other() {
        Set<String> technical = new TreeSet<>();
        List<String> modules = new ArrayList<>(Checkout.SERVICES);
        modules.addAll(List.of("platform", "directory"));
        for (String module : modules) {
            for (Path file : Checkout.sources(module)) {
                for (MatchResult table : Checkout.matches(TABLE, Checkout.text(file))) {
                    Checkout.words(TEXT, table.group(2))
                            .forEach(column -> technical.add(table.group(1) + "." + column));
                }
            }
        }

        assertThat(technical).isNotEmpty();
        assertThat(Checkout.words(TOLD, Checkout.text("docs/operations/replay.md")))
                .containsExactlyElementsOf(technical);
    }
}
