package io.rapport.customer.profile;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The table {@code contact_point}: written in the transaction that writes the customers' versions.
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
            SELECT customer, id, kind, value, network, address, label, verified, preferred, "validFrom", "validTo"
            FROM jsonb_to_recordset(CAST(:points AS jsonb)) AS p (customer uuid, id uuid, kind text, value text,
                network text, address jsonb, label text, verified boolean, preferred boolean, "validFrom" date,
                "validTo" date)
            """;
    private static final String DELETE =
            "DELETE FROM contact_point WHERE customer_id = :customer AND id = :id";

    private record Row(UUID customer, @JsonUnwrapped ContactPoint point) {}

    private final Jdbi jdbi;

    ContactPointRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Removed rows go first: of those that are preferred, another may take the place. */
    void replace(List<CustomerWrite> writes) {
        List<Row> gone = new ArrayList<>();
        List<Row> come = new ArrayList<>();
        for (CustomerWrite write : writes) {
            List<ContactPoint> before =
                    write.ownBefore(own -> own.profile().contactPoints(), List.of());
            List<ContactPoint> after = write.own().profile().contactPoints();
            gone.addAll(others(write.id(), before, after));
            come.addAll(others(write.id(), after, before));
        }
        if (!gone.isEmpty()) {
            jdbi.useHandle(
                    handle -> {
                        PreparedBatch batch = handle.prepareBatch(DELETE);
                        for (Row row : gone) {
                            batch.bind("customer", row.customer())
                                    .bind("id", ContactPoints.id(row.point()))
                                    .add();
                        }
                        batch.execute();
                    });
        }
        if (!come.isEmpty()) {
            jdbi.useHandle(
                    handle ->
                            handle.createUpdate(INSERT)
                                    .bind("points", StoredJson.write(come))
                                    .execute());
        }
    }

    /** Those of {@code points} that are not among {@code those}. */
    private static List<Row> others(
            UUID customer, List<ContactPoint> points, List<ContactPoint> those) {
        return points.stream()
                .filter(point -> !those.contains(point))
                .map(point -> new Row(customer, point))
                .toList();
    }
}
