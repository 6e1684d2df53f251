package io.rapport.interaction.erasure;

import io.rapport.directory.Erasable;
import io.rapport.directory.PersonalRows;
import io.rapport.interaction.InteractionEvent;
import io.rapport.platform.event.Event;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Erases what was said in a customer's interactions and promises, what facts say, and what sources
 * call the interactions. What is left are figures of somebody whom nobody can name: type, channel,
 * touchpoint, amount and time.
 */
@ApplicationScoped
public class Erasing implements Erasable {

    /** What becomes of each table. */
    static final PersonalRows ROWS =
            PersonalRows.of(
                    Map.of(
                            "interaction_text",
                            """
                            WITH next AS (
                                SELECT interaction_id FROM interaction_text
                                WHERE customer_id = :customer AND interaction_id > :after
                                ORDER BY interaction_id LIMIT :rows),
                            gone AS (
                                DELETE FROM interaction_text
                                WHERE customer_id = :customer AND interaction_id = ANY(ARRAY(SELECT interaction_id FROM next)))
                            SELECT interaction_id FROM next ORDER BY interaction_id OFFSET :rows - 1""",
                            "interaction_version_text",
                            """
                            WITH next AS (
                                SELECT DISTINCT interaction_id FROM interaction_version_text
                                WHERE customer_id = :customer AND interaction_id > :after
                                ORDER BY interaction_id LIMIT :rows),
                            gone AS (
                                DELETE FROM interaction_version_text
                                WHERE customer_id = :customer AND interaction_id = ANY(ARRAY(SELECT interaction_id FROM next)))
                            SELECT interaction_id FROM next ORDER BY interaction_id OFFSET :rows - 1""",
                            "promise_reason",
                            """
                            WITH next AS (
                                SELECT promise_id FROM promise_reason
                                WHERE customer_id = :customer AND promise_id > :after
                                ORDER BY promise_id LIMIT :rows),
                            gone AS (
                                DELETE FROM promise_reason
                                WHERE customer_id = :customer AND promise_id = ANY(ARRAY(SELECT promise_id FROM next)))
                            SELECT promise_id FROM next ORDER BY promise_id OFFSET :rows - 1""",
                            "promise_text",
                            """
                            WITH next AS (
                                SELECT promise_id FROM promise_text
                                WHERE customer_id = :customer AND promise_id > :after
                                ORDER BY promise_id LIMIT :rows),
                            gone AS (
                                DELETE FROM promise_text
                                WHERE customer_id = :customer AND promise_id = ANY(ARRAY(SELECT promise_id FROM next)))
                            SELECT promise_id FROM next ORDER BY promise_id OFFSET :rows - 1""",
                            "thread_operation",
                            """
                            WITH next AS (
                                SELECT id FROM thread_operation
                                WHERE customer_id = :customer AND id > :after ORDER BY id LIMIT :rows),
                            gone AS (
                                UPDATE thread_operation SET actor = NULL
                                WHERE customer_id = :customer AND id = ANY(ARRAY(SELECT id FROM next)))
                            SELECT id FROM next ORDER BY id OFFSET :rows - 1""",
                            "customer_language_by_generation",
                            """
                            WITH gone AS (
                                DELETE FROM customer_language_by_generation WHERE customer_id = :customer
                                RETURNING customer_id)
                            SELECT customer_id FROM gone WHERE customer_id > :after OFFSET :rows""",
                            "fact_version_text",
                            """
                            WITH next AS (
                                SELECT DISTINCT fact_id FROM fact_version_text
                                WHERE customer_id = :customer AND fact_id > :after
                                ORDER BY fact_id LIMIT :rows),
                            gone AS (
                                DELETE FROM fact_version_text
                                WHERE customer_id = :customer AND fact_id = ANY(ARRAY(SELECT fact_id FROM next)))
                            SELECT fact_id FROM next ORDER BY fact_id OFFSET :rows - 1""",
                            "interaction",
                            "SELECT clear_interaction_references(:customer, :after, :rows)"),
                    Map.ofEntries(
                            Map.entry(
                                    "interaction_version",
                                    "figures, words from lists and ids of ours"),
                            Map.entry(
                                    "interaction_claim",
                                    "goes with the reference of its interaction"),
                            Map.entry("interaction_type", "words from a list"),
                            Map.entry("channel", "words from a list"),
                            Map.entry("touchpoint", "words from a list"),
                            Map.entry("promise", "ids, words from lists, slugs of ours and times"),
                            Map.entry("promise_outcome", "ids, words from a list and times"),
                            Map.entry("promise_count", "figures"),
                            Map.entry("promise_count_customer", "ids and days"),
                            Map.entry("promise_kind", "words from a list"),
                            Map.entry("thread", "ids, times and whose turn it was"),
                            Map.entry("thread_interaction", "ids and times"),
                            Map.entry("thread_operation_interaction", "ids"),
                            Map.entry("clock_rules", "calendars and targets, of no customer"),
                            Map.entry("thread_clock", "ids, words from lists, figures and times"),
                            Map.entry("inbound_position", "places in topics"),
                            Map.entry(
                                    "inbound_rejection",
                                    "places in topics, and what was wrong there"),
                            Map.entry("inbound_rejection_told", "places in topics"),
                            Map.entry("fact", "ids, a word from a list and times"),
                            Map.entry("fact_version", "ids, words from lists and times"),
                            Map.entry("fact_forgotten", "ids and times"),
                            Map.entry("fact_occasion", "ids and a word from a list"),
                            Map.entry("fact_key", "words from a list"),
                            Map.entry("repetition_count", "figures"),
                            Map.entry("repetition_count_customer", "ids, words and days")));

    @Override
    public PersonalRows rows() {
        return ROWS;
    }

    @Override
    public Event confirmation(UUID customer, UUID erasure, Instant erasedAt) {
        return new InteractionEvent.CustomerErased(customer, erasure, erasedAt);
    }
}
