package io.rapport.customer.profile;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * The table {@code contact_point}: written in the transaction that writes the customer's version.
 */
@ApplicationScoped
class ContactPointRows {

    /**
     * A customer's contact points as a JSON array of {@link ContactPoint}, beside {@code customer
     * c}.
     */
    static final String COLUMN =
            """
            (SELECT json_agg(json_build_object('id', p.id, 'kind', p.kind, 'value', p.value, 'network', p.network,
                'address', p.address, 'label', p.label, 'verified', p.verified, 'preferred', p.preferred,
                'validFrom', p.valid_from, 'validTo', p.valid_to) ORDER BY p.id)
             FROM contact_point p WHERE p.customer_id = c.id)""";

    private static final String INSERT =
            """
            INSERT INTO contact_point (customer_id, id, kind, value, network, address, label, verified,
                preferred, valid_from, valid_to)
            SELECT :customer, id, kind, value, network, address, label, verified, preferred, "validFrom", "validTo"
            FROM jsonb_to_recordset(CAST(:points AS jsonb)) AS p (id uuid, kind text, value text, network text,
                address jsonb, label text, verified boolean, preferred boolean, "validFrom" date, "validTo" date)
            """;

    private final Jdbi jdbi;

    ContactPointRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Removed rows go first: of those that are preferred, another may take the place. */
    void replace(UUID customer, List<ContactPoint> before, List<ContactPoint> after) {
        List<UUID> gone =
                before.stream()
                        .filter(point -> !after.contains(point))
                        .map(ContactPoints::id)
                        .toList();
        List<ContactPoint> come = after.stream().filter(point -> !before.contains(point)).toList();
        if (!gone.isEmpty()) {
            jdbi.useHandle(
                    handle ->
                            handle.createUpdate(
                                            "DELETE FROM contact_point WHERE customer_id = :customer AND id = ANY(:ids)")
                                    .bind("customer", customer)
                                    .bindArray("ids", UUID.class, gone)
                                    .execute());
        }
        if (!come.isEmpty()) {
            jdbi.useHandle(
                    handle ->
                            handle.createUpdate(INSERT)
                                    .bind("customer", customer)
                                    .bind("points", StoredJson.write(come))
                                    .execute());
        }
    }
}
