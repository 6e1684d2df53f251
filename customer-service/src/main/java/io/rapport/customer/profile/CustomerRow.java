package io.rapport.customer.profile;

import io.rapport.customer.CustomerKind;
import io.rapport.customer.Identity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * A customer's own values as a query answers them, and the last sequence that its log has given.
 */
public record CustomerRow(Customer customer, long sequence) {

    /** What {@link #read} expects first in the select list, beside the table in {@link #FROM}. */
    public static final String COLUMNS =
            """
            c.id, c.status, c.kind, c.display_name, c.given_name, c.family_name, c.address_as, c.language, c.time_zone,
            c.country, c.birthday, c.occupation, c.lifecycle_stage, c.declared_values, c.tags, c.life_events,
            """
                    + ContactPointRows.COLUMN
                    + ", "
                    + AttributeRows.COLUMN
                    + ", "
                    + RelationRows.COLUMN
                    + ", "
                    + PreferenceRows.COLUMN
                    + """
            ,
            ARRAY(SELECT i.source || ':' || i.external_id FROM customer_identity i WHERE i.customer_id = c.id),
            CASE c.status WHEN 'MERGED' THEN (SELECT l.survivor_id FROM customer_link l WHERE l.member_id = c.id) END,
            ARRAY(SELECT l.member_id FROM customer_link l WHERE l.survivor_id = c.id ORDER BY l.merge_id),
            c.version, c.created_at, c.updated_at,
            coalesce((SELECT s.last FROM customer_sequence s WHERE s.customer_id = c.id), 0)
            """;

    /** How many columns these are. */
    public static final int WIDTH = 27;

    // Counters are not joined: a page of customers would be planned as if it needed all of them.
    public static final String FROM = " FROM customer c ";

    /** Reads {@link #COLUMNS} by position: this is the hottest path of the service. */
    public static CustomerRow read(ResultSet rs) throws SQLException {
        RowReader row = new RowReader(rs);
        Customer customer =
                new Customer(
                        row.id(),
                        row.word(CustomerStatus.class),
                        profile(row),
                        row.list(Relation[].class),
                        row.list(Preference[].class).stream().sorted(Preference.ORDER).toList(),
                        identities(row.texts()),
                        merges(row),
                        row.number(),
                        row.time(),
                        row.time());
        return new CustomerRow(customer, row.number());
    }

    private static Profile profile(RowReader row) throws SQLException {
        return new Profile(
                row.word(CustomerKind.class),
                row.textIfAny(),
                row.textIfAny(),
                row.textIfAny(),
                row.textIfAny(),
                row.textIfAny(),
                row.textIfAny(),
                row.textIfAny(),
                row.dayIfAny(),
                row.textIfAny(),
                row.wordIfAny(LifecycleStage.class),
                List.of(row.texts()),
                List.of(row.texts()),
                row.list(LifeEvent[].class),
                row.list(ContactPoint[].class),
                AttributeRows.read(row.textIfAny()));
    }

    private static MergeState merges(RowReader row) throws SQLException {
        UUID survivor = row.idIfAny();
        List<UUID> members = row.ids();
        return survivor == null && members.isEmpty()
                ? MergeState.ALONE
                : new MergeState(survivor, members);
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
