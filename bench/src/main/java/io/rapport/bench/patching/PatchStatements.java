package io.rapport.bench.patching;

import io.rapport.bench.reading.RawCustomerRead;
import java.util.List;

/** The statements with which customer-service patches a profile, to the letter. */
final class PatchStatements {
    /** {@code CustomerRows}. */
    static final String SELECT = RawCustomerRead.BY_ID;

    /** {@code CustomerRows}: nothing, when another writer was faster. */
    static final String UPDATE =
            """
            UPDATE customer SET status = ?, kind = ?, display_name = ?,
                given_name = ?, family_name = ?, address_as = ?,
                language = ?, time_zone = ?, country = ?, birthday = ?,
                occupation = ?, lifecycle_stage = ?,
                declared_values = ?, tags = ?, life_events = CAST(? AS jsonb),
                version = ?, updated_at = ?
            WHERE id = ? AND version = ? - 1
            """;

    /** {@code ChangeLog}. */
    static final String INSERT_CHANGE =
            """
            INSERT INTO customer_change (customer_id, version, ordinal, path, old_value, new_value, at, actor,
                reason, correlation_id)
            SELECT customer, version, ordinal, path, CAST(old_value AS jsonb), CAST(new_value AS jsonb), at,
                ?, ?, ?
            FROM unnest(?, ?, ?, ?, ?, ?, CAST(? AS timestamptz[]))
                AS c (customer, version, ordinal, path, old_value, new_value, at)
            """;

    /** {@code Outbox}. */
    static final String INSERT_SNAPSHOT =
            """
            INSERT INTO outbox (id, topic, customer_id, type, time, sequence, version,
                                correlation_id, causation_id, hops, traceparent, payload)
            VALUES (?, ?, ?, ?, ?, ?, ?,
            coalesce(?, CAST(? AS text)), ?, ?,
            ?, ?)\
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
            coalesce(?, CAST(? AS text)), ?, ?,
            ?, ? FROM numbered RETURNING sequence\
            """;

    static final List<String> ALL =
            List.of(SELECT, UPDATE, INSERT_CHANGE, INSERT_SNAPSHOT, INSERT_EVENT);

    private PatchStatements() {}
}
