package io.rapport.bench.recording;

import java.util.List;

/** The two statements in which interaction-service records an interaction, to the letter. */
final class PurchaseStatements {
    /** {@code InteractionTable}: claim, interaction and words of any number of lines. */
    static final String INSERT_INTERACTION =
            """
            WITH line AS (
                SELECT * FROM unnest(
                    ?, ?, CAST(? AS timestamptz[]), CAST(? AS timestamptz[]),
                    ?, CAST(? AS smallint[]), ?, ?, ?,
                    CAST(? AS numeric[]), ?, ?, ?,
                    ?, ?, ?, ?)
                AS line (
                    id, customer_id, occurred_at, recorded_at,
                    type, amount_sign, channel, direction, touchpoint,
                    amount, currency, source, source_id,
                    content_hash, named_hash, subject, text)),
            claim AS (
                INSERT INTO interaction_claim (source, source_id, customer_id, interaction_id, content_hash, named_hash)
                SELECT source, source_id, customer_id, id, content_hash, named_hash
                FROM line ORDER BY source, source_id
                ON CONFLICT (source, source_id) DO NOTHING
                RETURNING interaction_id),
            interaction AS (
                INSERT INTO interaction (customer_id, id, occurred_at, recorded_at, type, amount_sign, channel,
                                         direction, touchpoint, amount, currency, source, source_id)
                SELECT customer_id, id, occurred_at, recorded_at, type, amount_sign, channel,
                       direction, touchpoint, amount, currency, source, source_id
                FROM line JOIN claim ON claim.interaction_id = line.id),
            words AS (
                INSERT INTO interaction_text (customer_id, interaction_id, subject, text)
                SELECT customer_id, id, subject, text
                FROM line JOIN claim ON claim.interaction_id = line.id
                WHERE subject IS NOT NULL OR text IS NOT NULL)
            SELECT interaction_id FROM claim\
            """;

    /** {@code Outbox}: the customer's next number, and the event under it. */
    static final String INSERT_EVENT =
            """
            WITH numbered AS (
                INSERT INTO customer_sequence AS s (customer_id, last) VALUES (?, 1)
                ON CONFLICT (customer_id) DO UPDATE SET last = s.last + 1
                RETURNING s.last)
            INSERT INTO outbox (id, topic, customer_id, type, time, sequence,
                                correlation_id, causation_id, hops, traceparent, payload)
            SELECT ?, ?, ?, ?, ?, numbered.last,
                   ?, ?, ?, ?, ?
            FROM numbered
            RETURNING sequence\
            """;

    static final List<String> ALL = List.of(INSERT_INTERACTION, INSERT_EVENT);

    private PurchaseStatements() {}
}
