package io.rapport.interaction.erasure;

import io.rapport.directory.Erasures;
import io.rapport.directory.PersonalRows;
import io.rapport.interaction.InteractionEvent;
import io.rapport.platform.event.Reaction;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;

/**
 * Erases what was said in a customer's interactions and what their sources call them. What is left
 * are figures of somebody whom nobody can name: type, channel, touchpoint, amount and time.
 */
@ApplicationScoped
public class Erasing implements Reaction {

    /** What becomes of each table. */
    static final PersonalRows ROWS =
            PersonalRows.of(
                    Map.of(
                            "interaction_text",
                            """
                            WITH gone AS (
                                DELETE FROM interaction_text WHERE ctid = ANY(ARRAY(
                                    SELECT t.ctid FROM interaction_text AS t WHERE t.customer_id = :customer LIMIT :rows))
                                RETURNING 1)
                            SELECT count(*) FROM gone""",
                            "interaction",
                            "SELECT clear_interaction_references(:customer, :rows)"),
                    Map.of(
                            "interaction_claim", "goes with the reference of its interaction",
                            "interaction_type", "words from a list",
                            "channel", "words from a list"));

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
        erasures.carryOut(event, ROWS, InteractionEvent.CustomerErased::new);
    }
}
