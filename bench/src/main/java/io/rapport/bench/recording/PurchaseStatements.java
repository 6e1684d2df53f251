package io.rapport.bench.recording;

import java.util.List;

/** The two statements in which interaction-service records an interaction, to the letter. */
final class PurchaseStatements {
    /** {@code InsertOne}: claim and interaction of a single line without words. */
    static final String INSERT_INTERACTION =
            """
            WITH claim AS (
                INSERT INTO interaction_claim (source, source_id, customer_id, interaction_id, content_hash, named_hash)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (source, source_id) DO NOTHING
                RETURNING interaction_id),
            interaction AS (
                INSERT INTO interaction (customer_id, id, occurred_at, recorded_at, type, amount_sign, channel,
                                         direction, touchpoint, amount, currency, source, source_id)
                SELECT ?, ?, ?, ?, ?, ?, ?,
                       ?, ?, ?, ?, ?, ?
                FROM claim)
            SELECT interaction_id FROM claim\
            """;

    /** {@code Outbox}: the customer's next number, and the event under it. */
    static final String INSERT_EVENT =
            """
            WITH numbered AS (
                INSERT INTO customer_sequence AS s (customer_id, last) VALUES (?, 1)
                ON CONFLICT (customer_id) DO UPDATE SET last = s.last + 1 WHERE ? OR NOT s.erased
                RETURNING s.last)
            INSERT INTO outbox (id, topic, customer_id, type, time, sequence,
                                correlation_id, causation_id, hops, traceparent, payload)
            SELECT ?, ?, ?, ?, ?, numbered.last,
                   coalesce(?, CAST(? AS text)), ?, ?, ?, ?
            FROM numbered
            RETURNING sequence\
            """;

    static final List<String> ALL = List.of(INSERT_INTERACTION, INSERT_EVENT);

    private PurchaseStatements() {}
}
