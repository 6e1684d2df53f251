package io.rapport.bench.reading;

import io.rapport.bench.load.Customers;
import io.rapport.bench.load.JdbcWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Reads any customer with the statement and into the types of customer-service, and drops it. */
public final class RawCustomerRead implements JdbcWork {
    // The statements of customer-service's CustomerRows, to the letter.
    private static final String SELECT =
            """
            SELECT c.id, c.status, c.kind, c.display_name, c.given_name, c.family_name, c.address_as, c.language, c.time_zone,
            c.country, c.birthday, c.occupation, c.lifecycle_stage, c.declared_values, c.tags, c.life_events,
            (SELECT json_agg(json_build_object('id', p.id, 'kind', p.kind, 'value', p.value, 'network', p.network,
                'address', p.address, 'label', p.label, 'verified', p.verified, 'preferred', p.preferred,
                'validFrom', p.valid_from, 'validTo', p.valid_to) ORDER BY p.id)
             FROM contact_point p WHERE p.customer_id = c.id), \
            (SELECT json_agg(json_build_array(a.name, a.type, a.value))
             FROM customer_attribute a WHERE a.customer_id = c.id), \
            (SELECT json_agg(json_build_object('type', r.type, 'customer', r.related_id) ORDER BY r.type, r.related_id)
             FROM customer_relation r WHERE r.customer_id = c.id), \
            (SELECT json_agg(json_build_object('key', f.key, 'learnt', f.learnt, 'kind', f.kind, 'value', f.value,
                'source', f.source, 'at', f.at, 'confidence', f.confidence))
             FROM customer_preference f WHERE f.customer_id = c.id),
            ARRAY(SELECT i.source || ':' || i.external_id FROM customer_identity i WHERE i.customer_id = c.id),
            CASE c.status WHEN 'MERGED' THEN (SELECT l.survivor_id FROM customer_link l WHERE l.member_id = c.id) END,
            ARRAY(SELECT l.member_id FROM customer_link l WHERE l.survivor_id = c.id ORDER BY l.merge_id),
            c.version, c.created_at, c.updated_at,
            coalesce((SELECT s.last FROM customer_sequence s WHERE s.customer_id = c.id), 0)
             FROM customer c  WHERE c.id = \
            """;
    public static final String BY_ID = SELECT + "?";
    static final String BY_IDENTITY =
            SELECT
                    + """
                    (SELECT k.customer_id FROM customer_identity k
                                   WHERE k.source = ? AND k.external_id = ?)
                    """;

    private static final int TEXTS_FROM = 2;
    private static final int TEXTS_TO = 10;
    private static final int BIRTHDAY = 11;
    private static final int OCCUPATION = 12;
    private static final int LIFECYCLE_STAGE = 13;
    private static final int DECLARED_VALUES = 14;
    private static final int TAGS = 15;
    private static final int LIFE_EVENTS = 16;
    private static final int CONTACT_POINTS = 17;
    private static final int ATTRIBUTES = 18;
    private static final int RELATIONS = 19;
    private static final int PREFERENCES = 20;
    private static final int IDENTITIES = 21;
    private static final int SURVIVOR = 22;
    private static final int MEMBERS = 23;
    private static final int VERSION = 24;
    private static final int CREATED_AT = 25;
    private static final int UPDATED_AT = 26;
    private static final int SEQUENCE = 27;

    /** Says whom a statement is to read. */
    @FunctionalInterface
    interface Key {
        void set(PreparedStatement select, int customer) throws SQLException;
    }

    private final PreparedStatement select;
    private final Key key;
    private final Customers customers;

    RawCustomerRead(Connection connection, String select, Key key, Customers customers)
            throws SQLException {
        this.select = connection.prepareStatement(select);
        this.key = key;
        this.customers = customers;
    }

    @Override
    public void once() throws SQLException {
        int customer = customers.any();
        key.set(select, customer);
        try (ResultSet row = select.executeQuery()) {
            if (!row.next() || !customers.id(customer).equals(row.getObject(1, UUID.class))) {
                throw new SQLException("customer " + customers.id(customer) + " is not there");
            }
            for (int column = TEXTS_FROM; column <= TEXTS_TO; column++) {
                row.getString(column);
            }
            row.getObject(BIRTHDAY, LocalDate.class);
            row.getString(OCCUPATION);
            row.getString(LIFECYCLE_STAGE);
            row.getArray(DECLARED_VALUES).getArray();
            row.getArray(TAGS).getArray();
            row.getString(LIFE_EVENTS);
            row.getString(CONTACT_POINTS);
            row.getString(ATTRIBUTES);
            row.getString(RELATIONS);
            row.getString(PREFERENCES);
            row.getArray(IDENTITIES).getArray();
            row.getObject(SURVIVOR, UUID.class);
            row.getArray(MEMBERS).getArray();
            row.getLong(VERSION);
            row.getObject(CREATED_AT, OffsetDateTime.class);
            row.getObject(UPDATED_AT, OffsetDateTime.class);
            row.getLong(SEQUENCE);
        }
    }
}
