package io.rapport.customer.profile;

import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code customer_attribute}, written in the transaction that writes the customer's
 * version: a row for each value, as text. A list has several.
 */
@ApplicationScoped
class AttributeRows {

    /** A customer's values as a JSON array of arrays, beside {@code customer c}. */
    static final String COLUMN =
            """
            (SELECT json_agg(json_build_array(a.name, a.type, a.value))
             FROM customer_attribute a WHERE a.customer_id = c.id)""";

    private static final String FIND =
            """
            SELECT name, type, allowed_values, merge_rule, sole, searchable, active FROM attribute_definition
            WHERE name = ANY(:names)""";

    // Who changes a definition locks its row FOR UPDATE, which waits for these and makes them wait.
    private static final String KEEP = FIND + " ORDER BY name FOR KEY SHARE";
    private static final String DELETE =
            "DELETE FROM customer_attribute WHERE customer_id = :customer AND name = ANY(:names)";
    private static final String INSERT =
            """
            INSERT INTO customer_attribute (customer_id, name, type, sole, value)
            SELECT :customer, d.name, d.type, d.sole, v.value
            FROM unnest(:names, :values) AS v (name, value) JOIN attribute_definition d ON d.name = v.name
            ORDER BY d.name, v.value
            ON CONFLICT (name, value) WHERE sole DO NOTHING
            RETURNING name, value, sole
            """;

    private static final String OWNERS =
            """
            SELECT k.name, k.value,
                coalesce((SELECT l.survivor_id FROM customer_link l WHERE l.member_id = a.customer_id), a.customer_id)
            FROM unnest(:names, :values) AS k (name, value)
            CROSS JOIN LATERAL (
                SELECT customer_id FROM customer_attribute a
                WHERE a.name = k.name AND a.value = k.value AND a.sole OFFSET 0) AS a
            """;

    private record Kept(String name, String value) {}

    private record Written(AttributeKey key, boolean sole) {}

    private final Jdbi jdbi;
    private final ErasedIdentities erased;

    AttributeRows(Jdbi jdbi, ErasedIdentities erased) {
        this.jdbi = jdbi;
        this.erased = erased;
    }

    /** Reads {@link #COLUMN}. */
    static Map<String, Object> read(@Nullable String column) {
        List<String[]> rows = StoredJson.list(column, String[][].class);
        if (rows.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> texts = new TreeMap<>();
        Map<String, AttributeType> types = new TreeMap<>();
        for (String[] row : rows) {
            types.put(row[0], AttributeType.valueOf(row[1]));
            texts.computeIfAbsent(row[0], _ -> new ArrayList<>()).add(row[2]);
        }
        Map<String, Object> values = new TreeMap<>();
        types.forEach(
                (name, type) -> values.put(name, type.read(texts.getOrDefault(name, List.of()))));
        return values;
    }

    /** These definitions by name, as they are now. */
    Map<String, DefinedAttribute> find(Collection<String> names) {
        return find(FIND, names);
    }

    /** The same; none of them changes until the transaction ends. */
    Map<String, DefinedAttribute> keep(Collection<String> names) {
        return find(KEEP, names);
    }

    private Map<String, DefinedAttribute> find(String sql, Collection<String> names) {
        return jdbi.withHandle(
                handle ->
                        handle
                                .createQuery(sql)
                                .bindArray("names", String.class, names)
                                .map((row, context) -> definition(row))
                                .list()
                                .stream()
                                .collect(
                                        Collectors.toMap(
                                                DefinedAttribute::name, Function.identity())));
    }

    /** Who answers for these keys; those that nobody has are not in it. */
    Map<AttributeKey, UUID> owners(Collection<AttributeKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        return jdbi.withHandle(
                handle ->
                        handle
                                .createQuery(OWNERS)
                                .bindArray(
                                        "names",
                                        String.class,
                                        keys.stream().map(AttributeKey::attribute).toList())
                                .bindArray(
                                        "values",
                                        String.class,
                                        keys.stream().map(AttributeKey::value).toList())
                                .map(
                                        (row, context) ->
                                                Map.entry(
                                                        new AttributeKey(
                                                                row.getString(1), row.getString(2)),
                                                        row.getObject(3, UUID.class)))
                                .list()
                                .stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static DefinedAttribute definition(ResultSet row) throws SQLException {
        return new DefinedAttribute(
                row.getString(1),
                AttributeType.valueOf(row.getString(2)),
                List.of((String[]) row.getArray(3).getArray()),
                MergeRule.valueOf(row.getString(4)),
                row.getBoolean(5),
                row.getBoolean(6),
                row.getBoolean(7));
    }

    /**
     * Writes what is another value in {@code after}; refused where another customer has a value of
     * which there is only one, or had it and was erased. Waits while another transaction gives or
     * erases such a value, and the next statement sees what became of it.
     */
    void replace(UUID customer, Map<String, Object> before, Map<String, Object> after) {
        delete(
                customer,
                before.entrySet().stream()
                        .filter(old -> !old.getValue().equals(after.get(old.getKey())))
                        .map(Map.Entry::getKey)
                        .toList());
        insert(
                customer,
                after.entrySet().stream()
                        .filter(now -> !now.getValue().equals(before.get(now.getKey())))
                        .flatMap(AttributeRows::kept)
                        .toList());
    }

    private static Stream<Kept> kept(Map.Entry<String, Object> value) {
        return AttributeValues.texts(value.getValue()).stream()
                .map(text -> new Kept(value.getKey(), text));
    }

    private void delete(UUID customer, List<String> names) {
        if (!names.isEmpty()) {
            jdbi.useHandle(
                    handle ->
                            handle.createUpdate(DELETE)
                                    .bind("customer", customer)
                                    .bindArray("names", String.class, names)
                                    .execute());
        }
    }

    private void insert(UUID customer, List<Kept> values) {
        if (values.isEmpty()) {
            return;
        }
        List<Written> written =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(INSERT)
                                        .bind("customer", customer)
                                        .bindArray(
                                                "names",
                                                String.class,
                                                values.stream().map(Kept::name).toList())
                                        .bindArray(
                                                "values",
                                                String.class,
                                                values.stream().map(Kept::value).toList())
                                        .map(
                                                (row, context) ->
                                                        new Written(
                                                                new AttributeKey(
                                                                        row.getString(1),
                                                                        row.getString(2)),
                                                                row.getBoolean(3)))
                                        .list());
        requireAll(values, written);
        erased.requireNoneOf(written.stream().filter(Written::sole).map(Written::key).toList());
    }

    private static void requireAll(List<Kept> values, List<Written> written) {
        if (written.size() < values.size()) {
            Set<String> names =
                    written.stream().map(one -> one.key.attribute()).collect(Collectors.toSet());
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "attribute-value-taken",
                    "Another customer has this value of an attribute that is unique.",
                    values.stream()
                            .map(Kept::name)
                            .filter(name -> !names.contains(name))
                            .distinct()
                            .map(CustomerAttributes::taken)
                            .toArray(Refusal.FieldError[]::new));
        }
    }
}
