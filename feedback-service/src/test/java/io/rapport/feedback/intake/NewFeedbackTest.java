package io.rapport.feedback.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rapport.feedback.Metric;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewFeedbackTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final CustomerReference ADA = CustomerReference.parse("shop:17850");

    @ParameterizedTest
    @CsvSource({"NPS, -1", "NPS, 11", "CSAT, 0", "CSAT, 6", "CES, 0", "CES, 8", "NPS, 2147483647"})
    void a_rating_beside_the_scale_is_refused_with_its_pointer(Metric metric, int rating) {
        NewFeedback given =
                new NewFeedback(ADA, metric, rating, null, null, null, null, null, null);
        assertRefused(given, "/rating");
    }

    @ParameterizedTest
    @CsvSource({"NPS, 0", "NPS, 10", "CSAT, 1", "CSAT, 5", "CES, 1", "CES, 7"})
    void the_ends_of_the_scale_belong_to_it(Metric metric, int rating) {
        assertTaken(new NewFeedback(ADA, metric, rating, null, null, null, null, null, null));
    }

    static Stream<String> texts() {
        return Stream.of("x", "Ünïcødé, 漢字 and 👍🏽", "two\nlines\tand a tab", "👍".repeat(10_000));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void words_in_any_script_are_taken(String text) {
        assertTaken(saying(text));
    }

    static Stream<String> noTexts() {
        return Stream.of(
                "",
                " ",
                "\n\t ",
                "x".repeat(10_001),
                "👍".repeat(10_001),
                "zero\0byte",
                "half \ud83d pair");
    }

    @ParameterizedTest
    @MethodSource("noTexts")
    void what_is_no_text_is_refused(String text) {
        assertRefused(saying(text), "/text");
    }

    @ParameterizedTest
    @CsvSource({
        "0001-01-01T00:00:00Z",
        "1899-12-31T23:59:59Z",
        "2026-11-21T12:05:00.000001Z",
        "9999-12-31T23:59:59Z",
        "+1000000000-12-31T23:59:59.999999999Z",
        "-1000000000-01-01T00:00:00Z",
    })
    void a_time_that_cannot_be_is_refused(Instant when) {
        assertRefused(at(when), "/occurredAt");
    }

    @Test
    void the_bounds_of_a_time_are_told_as_they_are() {
        assertThat(reason(at(Instant.parse("1899-12-31T23:59:59Z"))))
                .isEqualTo("must not lie before 1900");
        assertThat(reason(at(NOW.plus(Duration.ofMinutes(6)))))
                .isEqualTo("must not lie more than 5 minutes in the future");
    }

    @ParameterizedTest
    @CsvSource({"1900-01-01T00:00:00Z", "2026-11-21T12:00:00Z", "2026-11-21T12:05:00Z"})
    void clocks_may_run_ahead_a_little(Instant when) {
        assertTaken(at(when));
    }

    @Test
    void source_and_its_id_come_together() {
        assertRefused(from("shop", null), "/sourceId");
        assertRefused(from(null, "7"), "/source");
        assertTaken(from("shop", "7"));
        assertThat(from("shop", "7").hasNaturalKey()).isTrue();
        assertThat(from(null, null).hasNaturalKey()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 7", "7 ", "7\n8", "7\u200b", "7\ue000", "7\ud83d"})
    void what_is_no_id_of_a_source_is_refused(String sourceId) {
        assertRefused(from("shop", sourceId), "/sourceId");
    }

    @Test
    void an_id_of_a_source_has_up_to_200_characters() {
        assertTaken(from("shop", "7".repeat(200)));
        assertTaken(from("shop", "👍".repeat(200)));
        assertTaken(from("shop", "answer 7"));
        assertRefused(from("shop", "7".repeat(201)), "/sourceId");
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        NewFeedback given =
                new NewFeedback(
                        ADA,
                        Metric.NPS,
                        11,
                        " ",
                        null,
                        null,
                        NOW.plus(Duration.ofDays(1)),
                        "shop",
                        null);
        assertRefused(given, "/rating", "/text", "/occurredAt", "/sourceId");
    }

    @Test
    void a_time_that_is_not_given_is_now_and_others_are_cut_to_microseconds() {
        UUID customer = Ids.next();
        assertThat(from(null, null).becomes(Ids.next(), customer, NOW).occurredAt()).isEqualTo(NOW);
        assertThat(at(NOW.minusNanos(1)).becomes(Ids.next(), customer, NOW).occurredAt())
                .isEqualTo(Instant.parse("2026-11-21T11:59:59.999999Z"));
        assertThat(at(NOW.minusNanos(1)).contentHash())
                .isEqualTo(at(Instant.parse("2026-11-21T11:59:59.999999Z")).contentHash());
    }

    @Test
    void content_is_the_same_only_when_every_part_is() {
        UUID interaction = Ids.next();
        NewFeedback one =
                new NewFeedback(
                        ADA, Metric.CES, 5, "ok", "checkout", interaction, NOW, "shop", "7");
        NewFeedback same =
                new NewFeedback(
                        ADA, Metric.CES, 5, "ok", "checkout", interaction, NOW, "shop", "8");
        assertThat(one.contentHash()).isEqualTo(same.contentHash());
        assertThat(
                        Stream.of(
                                        one,
                                        new NewFeedback(
                                                ADA,
                                                Metric.CSAT,
                                                5,
                                                "ok",
                                                "checkout",
                                                interaction,
                                                NOW,
                                                null,
                                                null),
                                        new NewFeedback(
                                                ADA,
                                                Metric.CES,
                                                4,
                                                "ok",
                                                "checkout",
                                                interaction,
                                                NOW,
                                                null,
                                                null),
                                        new NewFeedback(
                                                ADA,
                                                Metric.CES,
                                                5,
                                                "o k",
                                                "checkout",
                                                interaction,
                                                NOW,
                                                null,
                                                null),
                                        new NewFeedback(
                                                ADA,
                                                Metric.CES,
                                                5,
                                                null,
                                                "checkout",
                                                interaction,
                                                NOW,
                                                null,
                                                null),
                                        new NewFeedback(
                                                ADA,
                                                Metric.CES,
                                                5,
                                                "checkout",
                                                null,
                                                interaction,
                                                NOW,
                                                null,
                                                null),
                                        new NewFeedback(
                                                ADA,
                                                Metric.CES,
                                                5,
                                                null,
                                                "checkout",
                                                null,
                                                NOW,
                                                null,
                                                null),
                                        new NewFeedback(
                                                ADA,
                                                Metric.CES,
                                                5,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null))
                                .map(NewFeedback::contentHash))
                .doesNotHaveDuplicates();
    }

    private static NewFeedback saying(String text) {
        return new NewFeedback(ADA, Metric.NPS, 9, text, null, null, null, null, null);
    }

    private static NewFeedback at(Instant when) {
        return new NewFeedback(ADA, Metric.NPS, 9, null, null, null, when, null, null);
    }

    private static NewFeedback from(@Nullable String source, @Nullable String sourceId) {
        return new NewFeedback(ADA, Metric.NPS, 9, null, null, null, null, source, sourceId);
    }

    private static void assertTaken(NewFeedback given) {
        assertThatCode(() -> given.requireValidAt(NOW)).doesNotThrowAnyException();
    }

    private static String reason(NewFeedback given) {
        return catchThrowableOfType(Refusal.class, () -> given.requireValidAt(NOW))
                .errors()
                .getFirst()
                .reason();
    }

    private static void assertRefused(NewFeedback given, String... pointers) {
        assertThatThrownBy(() -> given.requireValidAt(NOW))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
                            assertThat(refusal.errors().stream().map(FieldError::pointer))
                                    .containsExactly(pointers);
                        });
    }
}
