package io.rapport.platform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The SQL that a document gives to operators, so that a test runs what they are told to run. */
public final class Runbook {

    private static final Pattern SQL =
            Pattern.compile("^ *```sql\\n(.*?)^ *```$", Pattern.MULTILINE | Pattern.DOTALL);

    private Runbook() {}

    /**
     * The statements below the heading, up to the next one, in their order; the document is named
     * from the checkout's root.
     */
    public static List<String> sql(String document, String heading) {
        try {
            String text = Files.readString(ProjectRoot.path().resolve(document));
            String section = text.split("(?m)^## " + Pattern.quote(heading) + "$", 2)[1];
            return SQL.matcher(section.split("(?m)^## ", 2)[0])
                    .results()
                    .map(MatchResult::group)
                    .flatMap(Runbook::statements)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> statements(String block) {
        return Stream.of(block.replaceAll("(?m)^ *```.*$", "").split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty());
    }
}
