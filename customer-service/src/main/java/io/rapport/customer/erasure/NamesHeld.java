package io.rapport.customer.erasure;

import io.rapport.customer.Identity;
import io.rapport.customer.profile.AttributeKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * What names customers who are to be erased: the identities and the values of unique attributes
 * that they have, and those that they gave up: identities that nobody got after them, and values
 * that nobody has.
 */
@ApplicationScoped
class NamesHeld {

    /** All names of some customers, each once. */
    record Names(Set<Identity> identities, Set<AttributeKey> values) {}

    // Looked up one by one, also when it was planned while the tables were small: OFFSET keeps them
    // from being joined as a whole. Who had an identity last is whose history tells of it last; a
    // registration tells of its identities all at once, and one of these that has no other change
    // is still there.
    private static final String IDENTITIES =
            """
            SELECT i.source, i.external_id FROM unnest(:customers) AS c (id)
            CROSS JOIN LATERAL (SELECT source, external_id FROM customer_identity
                                WHERE customer_id = c.id OFFSET 0) AS i
            UNION
            SELECT had.value ->> 'source', had.value ->> 'externalId' FROM (
                SELECT DISTINCT v.path, v.value FROM customer_change h
                CROSS JOIN LATERAL (VALUES (h.path, h.old_value), (h.path, h.new_value)) AS v (path, value)
                WHERE h.customer_id = ANY(:customers) AND h.path LIKE '/identities/%' AND v.value IS NOT NULL
            ) AS had
            WHERE NOT EXISTS (SELECT FROM customer_identity i
                              WHERE i.source = had.value ->> 'source' AND i.external_id = had.value ->> 'externalId'
                              AND i.customer_id <> ALL(:customers) OFFSET 0)
            AND (SELECT l.customer_id FROM customer_change l
                 WHERE l.path = had.path AND l.path LIKE '/identities/%'
                 ORDER BY l.at DESC LIMIT 1) = ANY(:customers)
            """;
    // No index leads to whoever gave a value up after them: each import would have to write it.
    private static final String VALUES =
            """
            SELECT a.name AS attribute, a.value FROM unnest(:customers) AS c (id)
            CROSS JOIN LATERAL (SELECT name, value, sole FROM customer_attribute
                                WHERE customer_id = c.id OFFSET 0) AS a
            WHERE a.sole
            UNION
            SELECT d.name, had.value #>> '{}' FROM (
                SELECT v.path, v.value FROM customer_change h
                CROSS JOIN LATERAL (VALUES (h.path, h.old_value), (h.path, h.new_value)) AS v (path, value)
                WHERE h.customer_id = ANY(:customers) AND h.path LIKE '/attributes/%'
                UNION
                SELECT v.path, v.value FROM customer_change h
                CROSS JOIN LATERAL jsonb_each(h.new_value) AS v (path, value)
                WHERE h.customer_id = ANY(:customers) AND h.path = ''
            ) AS had
            JOIN attribute_definition d ON d.name = substr(had.path, 13) AND d.sole
            WHERE had.path LIKE '/attributes/%' AND jsonb_typeof(had.value) IN ('string', 'number')
            AND NOT EXISTS (SELECT FROM customer_attribute a
                            WHERE a.name = d.name AND a.value = had.value #>> '{}' AND a.sole
                            AND a.customer_id <> ALL(:customers) OFFSET 0)
            """;

    private final Jdbi jdbi;

    NamesHeld(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Those of customers whom the caller holds. */
    Names of(List<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        new Names(
                                handle.createQuery(IDENTITIES)
                                        .bindArray("customers", UUID.class, customers)
                                        .map(ConstructorMapper.of(Identity.class))
                                        .set(),
                                handle.createQuery(VALUES)
                                        .bindArray("customers", UUID.class, customers)
                                        .map(ConstructorMapper.of(AttributeKey.class))
                                        .set()));
    }
}
