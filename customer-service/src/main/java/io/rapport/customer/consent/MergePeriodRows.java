package io.rapport.customer.consent;

import io.rapport.customer.consent.MergePeriods.Period;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Reads who was merged into whom, and when, of all who are linked over any merge. */
@ApplicationScoped
class MergePeriodRows {

    private static final String SELECT =
            """
            WITH RECURSIVE one (id) AS (
                SELECT CAST(:customer AS uuid)
                UNION
                SELECT other.id FROM one CROSS JOIN LATERAL (
                    SELECT m.survivor_id FROM customer_merge m WHERE m.member_id = one.id
                    UNION ALL
                    SELECT m.member_id FROM customer_merge m WHERE m.survivor_id = one.id) AS other (id))
            SELECT m.member_id, m.survivor_id, m.merged_at, u.unmerged_at
            FROM one JOIN customer_merge m ON m.member_id = one.id
            LEFT JOIN customer_unmerge u ON u.merge_id = m.id
            """;

    private final Jdbi jdbi;

    MergePeriodRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    MergePeriods of(UUID customer) {
        return new MergePeriods(
                customer,
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(SELECT)
                                        .bind("customer", customer)
                                        .map((row, context) -> period(row))
                                        .list()));
    }

    private static Period period(ResultSet row) throws SQLException {
        OffsetDateTime to = row.getObject(4, OffsetDateTime.class);
        return new Period(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                to == null ? null : to.toInstant());
    }
}
