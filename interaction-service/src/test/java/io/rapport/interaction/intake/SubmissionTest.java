package io.rapport.interaction.intake;

import static io.rapport.interaction.intake.Submissions.purchase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be recorded, and what is said about the rest. */
class SubmissionTest {

    @Test
    void a_good_one_is_taken_as_it_is() {
        NewInteraction interaction = purchase().checked();

        assertThat(interaction.key()).isEqualTo(new SourceKey("shop", "536365"));
        assertThat(interaction.type().code()).isEqualTo("PURCHASE");
        assertThat(interaction.occurredAt()).isEqualTo(Instant.parse("2026-11-20T09:14:05.250Z"));
        assertThat(interaction.text()).isEqualTo("Two lanterns.");
    }

    static Stream<Arguments> bad() {
        String tooLong = "x".repeat(201);
        return Stream.of(
                Arguments.of("source", "Shop", "must have 1 to 64 characters"),
                Arguments.of("source", "", "must have 1 to 64 characters"),
                Arguments.of("source", "s".repeat(65), "must have 1 to 64 characters"),
                Arguments.of("sourceId", "", "must have 1 to 200 characters"),
                Arguments.of("sourceId", tooLong, "must have 1 to 200 characters"),
                Arguments.of("sourceId", " 536365", "no blank at its ends"),
                Arguments.of("sourceId", "536365 ", "no blank at its ends"),
                Arguments.of("sourceId", "536\n365", "no control characters"),
                Arguments.of(
                        "type",
                        "GIFT",
                        "is unknown; it must be one of CALL, CANCELLATION, PURCHASE, REPAIR"),
                Arguments.of("type", "purchase", "is unknown"),
                Arguments.of("channel", "PIGEON", "is unknown; it must be one of PHONE, WEB"),
                Arguments.of(
                        "direction",
                        "SIDEWAYS",
                        "is unknown; it must be one of INBOUND, INTERNAL, OUTBOUND"),
                Arguments.of(
                        "touchpoint",
                        "+44-20-7946",
                        "is unknown; it must be one of a, cart, checkout, store-checkout-2"),
                Arguments.of("amount", "-0.01", "PURCHASE carries an amount of 0 or more"),
                Arguments.of("amount", null, "PURCHASE carries an amount of 0 or more"),
                Arguments.of("occurredAt", "0001-01-01T00:00:00Z", "must not lie before 1900"),
                Arguments.of(
                        "occurredAt",
                        "9999-12-31T00:00:00Z",
                        "must not lie more than 5 minutes in the future"),
                Arguments.of(
                        "occurredAt", "+1000000000-12-31T23:59:59.999999999Z", "in the future"),
                Arguments.of(
                        "occurredAt", "-1000000000-01-01T00:00:00Z", "must not lie before 1900"),
                Arguments.of("subject", "s".repeat(501), "at most 500 characters"),
                Arguments.of("text", "t".repeat(100_001), "at most 100,000 bytes"),
                Arguments.of("text", "é".repeat(50_001), "at most 100,000 bytes"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void what_is_wrong_is_said_at_its_place(String member, String value, String reason) {
        List<FieldError> errors = refused(purchase().with(member, value)).errors();

        assertThat(errors)
                .singleElement()
                .satisfies(
                        error -> {
                            assertThat(error.pointer()).isEqualTo("/" + member);
                            assertThat(error.reason()).contains(reason);
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "customer",
                "source",
                "sourceId",
                "type",
                "channel",
                "direction",
                "occurredAt"
            })
    void nothing_that_must_be_there_may_be_missing(String member) {
        List<FieldError> errors = refused(purchase().with(member, null)).errors();

        assertThat(errors)
                .singleElement()
                .satisfies(
                        error -> {
                            assertThat(error.pointer()).isEqualTo("/" + member);
                            assertThat(error.reason()).startsWith("is missing");
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"touchpoint", "subject", "text"})
    void the_rest_may_be_left_out(String member) {
        assertThat(purchase().with(member, null).checked()).isNotNull();
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        Submission empty =
                purchase()
                        .with("customer", null)
                        .with("source", null)
                        .with("sourceId", null)
                        .with("type", null)
                        .with("channel", null)
                        .with("direction", null)
                        .with("touchpoint", "?")
                        .with("occurredAt", null)
                        .told();

        Refusal refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () -> empty.checked(Submissions.VOCABULARY, Submissions.NOW));

        assertThat(refusal.code()).isEqualTo("invalid-interaction");
        assertThat(refusal.errors())
                .extracting(FieldError::pointer)
                .containsExactlyInAnyOrder(
                        "/customer",
                        "/source",
                        "/sourceId",
                        "/type",
                        "/channel",
                        "/direction",
                        "/touchpoint",
                        "/occurredAt");
    }

    @ParameterizedTest
    @CsvSource({
        "source,     0",
        "source,     a.b_c-d",
        "sourceId,   'a b:c/d <e@f>'",
        "sourceId,   é😀",
        "touchpoint, a",
        "touchpoint, store-checkout-2",
        "amount,     0.00",
        "amount,     999999999999999.99",
        "occurredAt, 1900-01-01T00:00:00Z",
        "occurredAt, 2026-11-21T12:05:00Z",
        "subject,    <script>alert(1)</script>",
    })
    void the_boundaries_belong_to_it(String member, String value) {
        assertThat(purchase().with(member, value).checked()).isNotNull();
    }

    @Test
    void a_text_of_just_the_limit_is_taken_in_bytes() {
        assertThat(purchase().with("text", "é".repeat(50_000)).checked().text()).hasSize(50_000);
    }

    @Test
    void a_cancellation_takes_away_and_a_call_carries_no_amount() {
        assertThat(purchase().with("type", "CANCELLATION").with("amount", "-27.50").checked())
                .isNotNull();
        assertThat(purchase().with("type", "CALL").with("amount", null).checked()).isNotNull();

        assertThat(refused(purchase().with("type", "CANCELLATION")).errors())
                .containsExactly(
                        new FieldError("/amount", "CANCELLATION carries an amount of 0 or less"));
        assertThat(refused(purchase().with("type", "CALL")).errors())
                .containsExactly(new FieldError("/amount", "CALL carries no amount"));
    }

    @Test
    void a_retired_word_is_an_objection_only_to_what_is_not_recorded_yet() {
        NewInteraction interaction =
                purchase().with("type", "TELEGRAM").with("amount", null).checked();

        assertThat(interaction.objectionsIfNew())
                .containsExactly(
                        new FieldError(
                                "/type",
                                "is retired; it must be one of CALL, CANCELLATION, PURCHASE, REPAIR"));
        assertThat(purchase().checked().objectionsIfNew()).isEmpty();
    }

    @Test
    void times_are_cut_to_what_the_database_keeps() {
        assertThat(
                        purchase()
                                .with("occurredAt", "2026-11-20T09:14:05.123456999Z")
                                .checked()
                                .occurredAt())
                .isEqualTo(Instant.parse("2026-11-20T09:14:05.123456Z"));
    }

    @Test
    void empty_words_are_no_words() {
        NewInteraction interaction = purchase().with("subject", "").with("text", "").checked();

        assertThat(interaction.subject()).isNull();
        assertThat(interaction.text()).isNull();
    }

    private static Refusal refused(Submissions submission) {
        return catchThrowableOfType(Refusal.class, submission::checked);
    }
}
