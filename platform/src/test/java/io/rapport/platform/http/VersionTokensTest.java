package io.rapport.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rapport.platform.Refusal;
import io.rapport.platform.event.Versions.Entry;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTokensTest {

    private static final UUID CUSTOMER = UUID.fromString("019a0000-0000-7000-8000-000000000001");
    private static final Entry LOYALTY = new Entry("loyalty-service", CUSTOMER, 7);
    private static final Entry FEEDBACK =
            new Entry("feedback-service", CUSTOMER, Long.MAX_VALUE / 10);

    @Test
    void tokens_are_read_back_as_they_were_written() {
        String text = VersionTokens.render(List.of(LOYALTY, FEEDBACK));

        assertThat(VersionTokens.parse(text)).containsExactlyInAnyOrder(LOYALTY, FEEDBACK);
        assertThat(VersionTokens.parse(text.replace(",", " , "))).hasSize(2);
        assertThat(VersionTokens.parse(VersionTokens.render(LOYALTY))).containsExactly(LOYALTY);
    }

    @Test
    void the_same_entries_make_the_same_text() {
        assertThat(VersionTokens.render(List.of(LOYALTY, FEEDBACK)))
                .isEqualTo(VersionTokens.render(List.of(FEEDBACK, LOYALTY)));
    }

    @Test
    void more_than_can_be_sent_back_is_not_told() {
        List<Entry> many =
                LongStream.range(0, 129).mapToObj(i -> new Entry("a", new UUID(7, i), 1)).toList();

        assertThat(VersionTokens.render(many)).isEmpty();
        assertThat(VersionTokens.parse(VersionTokens.render(many.subList(0, 128)))).hasSize(128);
        refused(String.join(",", Collections.nCopies(129, VersionTokens.render(LOYALTY))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "7",
                "loyalty-service",
                "loyalty-service/019a0000-0000-7000-8000-000000000001/0",
                "loyalty-service/019a0000-0000-7000-8000-000000000001/-1",
                "loyalty-service/019a0000-0000-7000-8000-000000000001/99999999999999999999",
                "loyalty-service/1-1-1-1-1/7",
                "../019a0000-0000-7000-8000-000000000001/7",
                "loyalty-service/019a0000-0000-7000-8000-000000000001/7,",
                "loyalty-service/019a0000-0000-7000-8000-000000000001/7,x"
            })
    void anything_else_is_refused(String text) {
        refused(text);
    }

    private static void refused(String text) {
        assertThatThrownBy(() -> VersionTokens.parse(text))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("invalid-version-token"));
    }
}
