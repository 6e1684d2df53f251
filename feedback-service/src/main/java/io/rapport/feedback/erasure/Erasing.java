package io.rapport.feedback.erasure;

import io.rapport.directory.Erasable;
import io.rapport.directory.PersonalRows;
import io.rapport.feedback.FeedbackEvent;
import io.rapport.platform.event.Event;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Erases what a customer said and what the sources of it call it. What is left are ratings of
 * somebody whom nobody can name: metric, rating, touchpoint, interaction and time.
 */
@ApplicationScoped
public class Erasing implements Erasable {

    /** What becomes of each table. */
    static final PersonalRows ROWS =
            PersonalRows.of(
                    Map.of(
                            "feedback_text",
                            """
                            WITH next AS (
                                SELECT feedback_id FROM feedback_text
                                WHERE customer_id = :customer AND feedback_id > :after
                                ORDER BY feedback_id LIMIT :rows),
                            gone AS (
                                DELETE FROM feedback_text
                                WHERE customer_id = :customer AND feedback_id = ANY(ARRAY(SELECT feedback_id FROM next)))
                            SELECT feedback_id FROM next ORDER BY feedback_id OFFSET :rows - 1""",
                            "feedback",
                            "SELECT clear_feedback_references(:customer, :after, :rows)"),
                    Map.of("feedback_claim", "goes with the reference of its feedback"));

    @Override
    public PersonalRows rows() {
        return ROWS;
    }

    @Override
    public Event confirmation(UUID customer, UUID erasure, Instant erasedAt) {
        return new FeedbackEvent.CustomerErased(customer, erasure, erasedAt);
    }
}
