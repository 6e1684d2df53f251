package io.rapport.interaction.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rapport.interaction.intake.Lines.Line;
import io.rapport.platform.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a body is cut into lines, and what is too much of it. */
class LinesTest {

    @Test
    void lines_are_cut_with_or_without_an_end_of_the_last_one() throws IOException {
        assertThat(texts("a\nbc\r\nd")).containsExactly("1:a", "2:bc\r", "3:d");
        assertThat(texts("a\nbc\n")).containsExactly("1:a", "2:bc");
        assertThat(texts("")).isEmpty();
    }

    @Test
    void blank_lines_count_for_numbers_only() throws IOException {
        assertThat(texts("\n\na\n \t\r\nb\n\n")).containsExactly("3:a", "5:b");
        assertThat(lines("\na\n\n\nb\n\n", 100, 2).lines()).hasSize(2);
    }

    @Test
    void what_is_beyond_a_limit_is_refused_as_a_whole() throws IOException {
        assertThat(lines("a\nb\n", 4, 2).lines()).hasSize(2);

        assertThat(refused("a\nb\nc", 100, 2).code()).isEqualTo("batch-too-large");
        assertThat(refused("a\nb\n\n", 4, 2).code()).isEqualTo("batch-too-large");
    }

    private static List<String> texts(String body) throws IOException {
        Lines lines = lines(body, 1000, 1000);
        return lines.lines().stream().map(line -> line.number() + ":" + text(lines, line)).toList();
    }

    private static String text(Lines lines, Line line) {
        return new String(lines.body(), line.from(), line.length(), StandardCharsets.UTF_8);
    }

    private static Lines lines(String body, int maxBytes, int maxLines) throws IOException {
        return Lines.read(
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                maxBytes,
                maxLines);
    }

    private static Refusal refused(String body, int maxBytes, int maxLines) {
        return catchThrowableOfType(Refusal.class, () -> lines(body, maxBytes, maxLines));
    }
}
