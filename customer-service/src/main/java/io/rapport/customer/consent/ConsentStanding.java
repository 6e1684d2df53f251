package io.rapport.customer.consent;

import io.rapport.customer.profile.CustomerStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads all that a check needs in one statement, by indexes only. */
@ApplicationScoped
class ConsentStanding {

    /**
     * The customer, which sources know it besides its logins, the last sequence that its log has
     * given, whether it was ever in a merge, and what was said under its own id.
     */
    record Standing(
            CustomerStatus status,
            List<String> sources,
            long sequence,
            boolean purposeIsKnown,
            boolean wasMerged,
            List<ConsentRecord> records) {}

    private record Row(Standing standing, @Nullable ConsentRecord record) {}

    static final String SELECT =
            """
            WITH asked AS MATERIALIZED (
                SELECT c.id AS customer, c.status, coalesce(s.last, 0) AS sequence,
                    ARRAY(SELECT DISTINCT i.source FROM customer_identity i
                          WHERE i.customer_id = c.id AND i.source <> 'login') AS sources,
                    EXISTS (SELECT FROM consent_purpose p WHERE p.key = :purpose) AS known,
                    EXISTS (SELECT FROM customer_merge m WHERE m.member_id = c.id)
                        OR EXISTS (SELECT FROM customer_merge m WHERE m.survivor_id = c.id) AS merged
                FROM customer c LEFT JOIN customer_sequence s ON s.customer_id = c.id
                WHERE c.id = :customer)
            SELECT asked.status, asked.sequence, asked.sources, asked.known, asked.merged,
            """
                    + ConsentRows.COLUMNS
                    + """
                     FROM asked
                    LEFT JOIN consent_record r ON r.customer_id = :customer AND r.purpose = :purpose
                        AND r.channel = :channel
                    """;

    private final Jdbi jdbi;

    ConsentStanding(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Empty when there is no such customer. */
    Optional<Standing> find(UUID customer, String purpose, String channel) {
        List<Row> rows =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(SELECT)
                                        .bind("customer", customer)
                                        .bind("purpose", purpose)
                                        .bind("channel", channel)
                                        .map((row, context) -> row(row))
                                        .list());
        return rows.stream().findFirst().map(first -> whole(first.standing(), rows));
    }

    private static Standing whole(Standing first, List<Row> rows) {
        List<ConsentRecord> records =
                rows.stream().flatMap(row -> Optional.ofNullable(row.record()).stream()).toList();
        return new Standing(
                first.status(),
                first.sources(),
                first.sequence(),
                first.purposeIsKnown(),
                first.wasMerged(),
                records);
    }

    private static Row row(ResultSet row) throws SQLException {
        Standing standing =
                new Standing(
                        CustomerStatus.valueOf(row.getString("status")),
                        List.of((String[]) row.getArray("sources").getArray()),
                        row.getLong("sequence"),
                        row.getBoolean("known"),
                        row.getBoolean("merged"),
                        List.of());
        return new Row(standing, row.getString("kind") == null ? null : ConsentRows.record(row));
    }
}
