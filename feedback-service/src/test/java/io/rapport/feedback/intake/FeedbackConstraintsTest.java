package io.rapport.feedback.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.feedback.Metric;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database refuses the application itself, should its code ever be wrong. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class FeedbackConstraintsTest {

    @Inject Jdbi jdbi;
    @Inject Intake intake;
    @Inject FeedbackRows rows;

    private final UUID customer = Ids.next();
    private Feedback feedback;

    @BeforeEach
    void take() {
        CustomerReference named = CustomerReference.parse(customer.toString());
        NewFeedback given =
                new NewFeedback(
                        named,
                        Metric.NPS,
                        9,
                        "kind",
                        null,
                        null,
                        null,
                        "shop",
                        customer.toString());
        feedback =
                QuarkusTransaction.requiringNew()
                        .call(() -> intake.take(customer, given))
                        .feedback();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE feedback SET rating = 10",
                "UPDATE feedback SET source = NULL, source_id = NULL",
                "DELETE FROM feedback",
                "TRUNCATE feedback CASCADE",
                "UPDATE feedback_claim SET source = 'other'",
                "DELETE FROM feedback_claim",
            })
    void what_was_taken_in_stays(String statement) {
        assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute(statement)))
                .hasStackTraceContaining("permission denied");
    }

    @Test
    void the_text_can_be_cleared_and_the_figure_stays() {
        jdbi.useHandle(
                handle ->
                        handle.execute(
                                "DELETE FROM feedback_text WHERE customer_id = ?", customer));
        Feedback left = rows.byId(feedback.id()).orElseThrow();
        assertThat(left.text()).isNull();
        assertThat(left.rating()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "STARS, 5, null, null, null, feedback_metric_is_known",
                "NPS, 11, null, null, null, feedback_rating_is_on_the_scale_of_its_metric",
                "NPS, -1, null, null, null, feedback_rating_is_on_the_scale_of_its_metric",
                "CSAT, 0, null, null, null, feedback_rating_is_on_the_scale_of_its_metric",
                "CES, 8, null, null, null, feedback_rating_is_on_the_scale_of_its_metric",
                "NPS, 5, At The Till, null, null, feedback_touchpoint_is_a_slug",
                "NPS, 5, null, shop, null, feedback_source_has_an_id",
                "NPS, 5, null, null, 7, feedback_source_has_an_id",
                "NPS, 5, null, My Shop, 7, feedback_source_is_a_slug",
                "NPS, 5, null, shop, '', feedback_source_id_is_bounded",
            })
    void impossible_feedback_is_refused(
            String metric,
            int rating,
            String touchpoint,
            String source,
            String sourceId,
            String constraint) {
        assertRefusedBy(
                constraint,
                """
                INSERT INTO feedback (customer_id, id, metric, rating, touchpoint, source, source_id, occurred_at,
                    recorded_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, now(), now())""",
                customer,
                Ids.next(),
                metric,
                rating,
                touchpoint,
                source,
                sourceId);
    }

    @ParameterizedTest
    @CsvSource({
        "1899-12-31T00:00:00Z, feedback_occurred_in_living_memory",
        "2999-01-01T00:00:00Z, feedback_occurred_before_it_was_recorded",
    })
    void an_impossible_time_is_refused(String occurredAt, String constraint) {
        assertRefusedBy(
                constraint,
                """
                INSERT INTO feedback (customer_id, id, metric, rating, occurred_at, recorded_at)
                VALUES (?, ?, 'NPS', 5, CAST(? AS timestamptz), now())""",
                customer,
                Ids.next(),
                occurredAt);
    }

    @Test
    void text_belongs_to_feedback_and_is_bounded() {
        String insert =
                "INSERT INTO feedback_text (customer_id, feedback_id, text) VALUES (?, ?, ?)";
        assertRefusedBy("feedback_text_belongs_to_feedback", insert, customer, Ids.next(), "x");
        assertRefusedBy(
                "feedback_text_is_bounded", insert, customer, Ids.next(), "x".repeat(10_001));
        assertRefusedBy("feedback_text_is_bounded", insert, customer, Ids.next(), "");
    }

    @Test
    void a_sources_id_is_claimed_once() {
        assertRefusedBy(
                "feedback_claim_pkey",
                "INSERT INTO feedback_claim SELECT * FROM feedback_claim WHERE customer_id = ?",
                customer);
    }

    private void assertRefusedBy(String constraint, String statement, Object... values) {
        assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute(statement, values)))
                .hasStackTraceContaining("\"" + constraint + "\"");
    }
}
