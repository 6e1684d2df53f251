package io.rapport.bench.reading;

import io.rapport.bench.load.Customers;
import io.rapport.bench.load.JdbcWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Reads any customer with the statement and into the types of customer-service, and drops it. */
final class RawCustomerRead implements JdbcWork {
    /** The statement of customer-service's {@code CustomerRows}, to the letter. */
    static final String SELECT =
            """
            SELECT c.id, c.status, c.kind, c.display_name, c.given_name, c.family_name, c.language, c.time_zone, c.country,
            c.version, c.created_at, c.updated_at,
            ARRAY(SELECT i.source || ':' || i.external_id FROM customer_identity i WHERE i.customer_id = c.id),
            coalesce(s.last, 0)
             FROM customer c LEFT JOIN customer_sequence s ON s.customer_id = c.id  WHERE c.id = ?\
            """;

    private static final int TEXTS_FROM = 2;
    private static final int TEXTS_TO = 9;
    private static final int VERSION = 10;
    private static final int CREATED_AT = 11;
    private static final int UPDATED_AT = 12;
    private static final int IDENTITIES = 13;
    private static final int SEQUENCE = 14;

    private final PreparedStatement select;
    private final Customers customers;

    RawCustomerRead(Connection connection, Customers customers) throws SQLException {
        this.select = connection.prepareStatement(SELECT);
        this.customers = customers;
    }

    @Override
    public void once() throws SQLException {
        UUID id = customers.id(customers.any());
        select.setObject(1, id);
        try (ResultSet row = select.executeQuery()) {
            if (!row.next() || !id.equals(row.getObject(1, UUID.class))) {
                throw new SQLException("customer " + id + " is not there");
            }
            for (int column = TEXTS_FROM; column <= TEXTS_TO; column++) {
                row.getString(column);
            }
            row.getLong(VERSION);
            row.getObject(CREATED_AT, OffsetDateTime.class);
            row.getObject(UPDATED_AT, OffsetDateTime.class);
            row.getArray(IDENTITIES).getArray();
            row.getLong(SEQUENCE);
        }
    }
}
