package io.rapport.customer.profile;

import io.rapport.customer.CustomerKind;
import io.rapport.customer.Identity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** A customer as a query answers it, and the last sequence that its log has given. */
public record CustomerRow(Customer customer, long sequence) {

    /** What {@link #read} expects first in the select list, of the tables in {@link #FROM}. */
    public static final String COLUMNS =
            """
            c.id, c.status, c.kind, c.display_name, c.given_name, c.family_name, c.language, c.time_zone, c.country,
            c.version, c.created_at, c.updated_at,
            ARRAY(SELECT i.source || ':' || i.external_id FROM customer_identity i WHERE i.customer_id = c.id),
            coalesce(s.last, 0)
            """;

    /** How many columns these are. */
    public static final int WIDTH = 14;

    public static final String FROM =
            " FROM customer c LEFT JOIN customer_sequence s ON s.customer_id = c.id ";

    /** Reads {@link #COLUMNS} by position: this is the hottest path of the service. */
    public static CustomerRow read(ResultSet rs) throws SQLException {
        Profile profile =
                new Profile(
                        CustomerKind.valueOf(rs.getString(3)),
                        rs.getString(4),
                        rs.getString(5),
                        rs.getString(6),
                        rs.getString(7),
                        rs.getString(8),
                        rs.getString(9));
        Customer customer =
                new Customer(
                        rs.getObject(1, UUID.class),
                        CustomerStatus.valueOf(rs.getString(2)),
                        profile,
                        identities((String[]) rs.getArray(13).getArray()),
                        rs.getLong(10),
                        instant(rs, 11),
                        instant(rs, 12));
        return new CustomerRow(customer, rs.getLong(14));
    }

    private static Instant instant(ResultSet rs, int column) throws SQLException {
        return rs.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A source has no colon, so the first one ends it. */
    private static List<Identity> identities(String[] joined) {
        Arrays.sort(joined);
        List<Identity> identities = new ArrayList<>(joined.length);
        for (String text : joined) {
            int colon = text.indexOf(':');
            identities.add(new Identity(text.substring(0, colon), text.substring(colon + 1)));
        }
        return identities;
    }
}
