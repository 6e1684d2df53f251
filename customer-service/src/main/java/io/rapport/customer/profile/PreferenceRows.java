package io.rapport.customer.profile;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * The table {@code customer_preference}: written in the transaction that writes the customer's
 * version. What was learnt in another way is another row.
 */
@ApplicationScoped
class PreferenceRows {

    /**
     * A customer's preferences as a JSON array of {@link Preference}, beside {@code customer c}.
     */
    static final String COLUMN =
            """
            (SELECT json_agg(json_build_object('key', f.key, 'learnt', f.learnt, 'kind', f.kind, 'value', f.value,
                'source', f.source, 'at', f.at, 'confidence', f.confidence))
             FROM customer_preference f WHERE f.customer_id = c.id)""";

    private static final String DELETE =
            "DELETE FROM customer_preference WHERE customer_id = :customer AND key = :key AND learnt = :learnt";
    private static final String INSERT =
            """
            INSERT INTO customer_preference (customer_id, key, learnt, kind, value, source, at, confidence)
            VALUES (:customer, :key, :learnt, :kind, CAST(:json AS jsonb), :source, :at, :confidence)
            """;

    private final Jdbi jdbi;

    PreferenceRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Takes away what is not in {@code after} any more, and writes what is new in it. */
    void replace(UUID customer, List<Preference> before, List<Preference> after) {
        before.stream()
                .filter(preference -> !after.contains(preference))
                .forEach(gone -> execute(DELETE, customer, gone));
        after.stream()
                .filter(preference -> !before.contains(preference))
                .forEach(come -> execute(INSERT, customer, come));
    }

    private void execute(String sql, UUID customer, Preference preference) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(sql)
                                .bind("customer", customer)
                                .bindMethods(preference)
                                .bind("json", StoredJson.write(preference.value()))
                                .execute());
    }
}
