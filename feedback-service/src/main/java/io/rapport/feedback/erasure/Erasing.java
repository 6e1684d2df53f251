package io.rapport.feedback.erasure;

import io.rapport.directory.Erasures;
import io.rapport.directory.PersonalRows;
import io.rapport.feedback.FeedbackEvent;
import io.rapport.platform.event.Reaction;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;

/**
 * Erases what a customer said and what the sources of it call it. What is left are ratings of
 * somebody whom nobody can name: metric, rating, touchpoint, interaction and time.
 */
@ApplicationScoped
public class Erasing implements Reaction {

    /** What becomes of each table. */
    static final PersonalRows ROWS =
            PersonalRows.of(
                    Map.of(
                            "feedback_text",
                            """
                            WITH gone AS (
                                DELETE FROM feedback_text WHERE ctid = ANY(ARRAY(
                                    SELECT t.ctid FROM feedback_text AS t WHERE t.customer_id = :customer LIMIT :rows))
                                RETURNING 1)
                            SELECT count(*) FROM gone""",
                            "feedback",
                            "SELECT clear_feedback_references(:customer, :rows)"),
                    Map.of("feedback_claim", "goes with the reference of its feedback"));

    private final Erasures erasures;

    Erasing(Erasures erasures) {
        this.erasures = erasures;
    }

    @Override
    public String name() {
        return "erasing";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.CUSTOMERS);
    }

    @Override
    public void react(ReceivedEvent event) {
        erasures.carryOut(event, ROWS, FeedbackEvent.CustomerErased::new);
    }
}
