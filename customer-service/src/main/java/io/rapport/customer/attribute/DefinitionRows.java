package io.rapport.customer.attribute;

import io.rapport.customer.profile.AttributeType;
import io.rapport.customer.profile.MergeRule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table {@code attribute_definition}. */
@ApplicationScoped
class DefinitionRows {

    private static final String SELECT =
            """
            SELECT name, label, type, allowed_values, personal_data, purpose_of_use, merge_rule, sole, searchable,
                active, version, created_at, updated_at
            FROM attribute_definition
            """;
    private static final String BY_NAME = SELECT + " WHERE name = :name";
    private static final String PAGE = SELECT + " WHERE name > :after ORDER BY name LIMIT :limit";
    private static final String INSERT =
            """
            INSERT INTO attribute_definition (name, label, type, allowed_values, personal_data, purpose_of_use,
                merge_rule, sole, searchable, active, version, created_at, updated_at)
            VALUES (:name, :label, :type, :allowed, :personalData, :purposeOfUse,
                :mergeRule, :unique, :searchable, :active, :version, :updatedAt, :updatedAt)
            ON CONFLICT (name) DO NOTHING
            """;
    private static final String UPDATE =
            """
            UPDATE attribute_definition SET label = :label, type = :type, allowed_values = :allowed,
                personal_data = :personalData, purpose_of_use = :purposeOfUse, merge_rule = :mergeRule, sole = :unique,
                searchable = :searchable, active = :active, version = :version, updated_at = :updatedAt
            WHERE name = :name
            """;
    private static final String IS_ANY_USED =
            """
            SELECT EXISTS (SELECT FROM unnest(:values) AS v (value)
                           JOIN customer_attribute a ON a.name = :name AND a.value = v.value)
            """;

    private final Jdbi jdbi;

    DefinitionRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Optional<AttributeDefinition> find(String name) {
        return find(BY_NAME, name);
    }

    /** The definition, for this transaction alone until it ends: nobody gives values meanwhile. */
    Optional<AttributeDefinition> hold(String name) {
        return find(BY_NAME + " FOR UPDATE", name);
    }

    private Optional<AttributeDefinition> find(String sql, String name) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(sql)
                                .bind("name", name)
                                .map((row, context) -> read(row))
                                .findOne());
    }

    /** Definitions with names after {@code after}, in the order of their names. */
    List<AttributeDefinition> page(String after, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(PAGE)
                                .bind("after", after)
                                .bind("limit", limit)
                                .map((row, context) -> read(row))
                                .list());
    }

    /** False when there is one of that name. */
    boolean insert(AttributeDefinition definition) {
        return jdbi.withHandle(
                handle -> values(handle.createUpdate(INSERT), definition).execute() == 1);
    }

    /** Writes the next version over the one that the caller holds. */
    @Transactional(TxType.MANDATORY)
    void update(AttributeDefinition definition) {
        jdbi.useHandle(
                handle -> {
                    planForThisOne(handle);
                    values(handle.createUpdate(UPDATE), definition).execute();
                });
    }

    @Transactional(TxType.MANDATORY)
    void delete(String name) {
        jdbi.useHandle(
                handle -> {
                    planForThisOne(handle);
                    handle.execute("DELETE FROM attribute_definition WHERE name = ?", name);
                });
    }

    /**
     * The foreign key looks for values. Planned for any attribute that reads all values, of which
     * each attribute in use has a good part; planned for this one it reads an index.
     */
    private static void planForThisOne(Handle handle) {
        handle.execute("SET LOCAL plan_cache_mode = force_custom_plan");
    }

    /** Whether a customer has one of these values, or one as an element. */
    boolean isAnyUsed(String name, List<String> values) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(IS_ANY_USED)
                                .bind("name", name)
                                .bindArray("values", String.class, values)
                                .mapTo(boolean.class)
                                .one());
    }

    private static <S extends SqlStatement<S>> S values(
            S statement, AttributeDefinition definition) {
        AttributeTerms terms = definition.terms();
        return statement
                .bind("name", definition.name())
                .bindMethods(terms)
                .bindArray("allowed", String.class, terms.allowedValues())
                .bind("version", definition.version())
                .bind("updatedAt", definition.updatedAt());
    }

    private static AttributeDefinition read(ResultSet row) throws SQLException {
        AttributeTerms terms =
                new AttributeTerms(
                        row.getString("label"),
                        AttributeType.valueOf(row.getString("type")),
                        List.of((String[]) row.getArray("allowed_values").getArray()),
                        row.getBoolean("personal_data"),
                        row.getString("purpose_of_use"),
                        MergeRule.valueOf(row.getString("merge_rule")),
                        row.getBoolean("sole"),
                        row.getBoolean("searchable"),
                        row.getBoolean("active"));
        return new AttributeDefinition(
                row.getString("name"),
                terms,
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
