package io.rapport.interaction.type;

import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The table of a list of the vocabulary. Whoever changes the list holds all of it, for which those
 * wait who record with a definition for the first time.
 */
abstract class DefinitionRows<T extends DefinitionTerms> {

    private final Jdbi jdbi;
    private final VocabularyList list;
    private final String select;
    private final String insert;
    private final String update;

    /** {@code own}: columns of this table alone, each with the expression of its value. */
    DefinitionRows(Jdbi jdbi, VocabularyList list, Map<String, String> own) {
        this.jdbi = jdbi;
        this.list = list;
        String columns = own.keySet().stream().map(", "::concat).collect(Collectors.joining());
        String values = own.values().stream().map(", "::concat).collect(Collectors.joining());
        String changes =
                own.entrySet().stream()
                        .map(column -> ", " + column.getKey() + " = " + column.getValue())
                        .collect(Collectors.joining());
        select =
                "SELECT code, label, active, used, version, created_at, updated_at%s FROM %s"
                        .formatted(columns, list.table());
        insert =
                """
                INSERT INTO %s (code, label, active, used, version, created_at, updated_at%s)
                VALUES (:code, :label, :active, false, :version, :updatedAt, :updatedAt%s)"""
                        .formatted(list.table(), columns, values);
        update =
                """
                UPDATE %s SET label = :label, active = :active, version = :version, updated_at = :updatedAt%s
                WHERE code = :code"""
                        .formatted(list.table(), changes);
    }

    VocabularyList list() {
        return list;
    }

    Optional<Definition<T>> find(String code) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(select + " WHERE code = :code")
                                .bind("code", code)
                                .map((row, context) -> read(row))
                                .findOne());
    }

    /** Definitions with codes after {@code after}, in the order of their codes. */
    List<Definition<T>> page(String after, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        select + " WHERE code > :after ORDER BY code LIMIT :limit")
                                .bind("after", after)
                                .bind("limit", limit)
                                .map((row, context) -> read(row))
                                .list());
    }

    /** Until the transaction ends the list changes by this caller only. */
    @Transactional(TxType.MANDATORY)
    void hold() {
        jdbi.useHandle(
                handle ->
                        handle.execute(
                                "LOCK TABLE " + list.table() + " IN SHARE ROW EXCLUSIVE MODE"));
    }

    int count() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery("SELECT count(*) FROM " + list.table())
                                .mapTo(int.class)
                                .one());
    }

    void insert(Definition<T> definition) {
        jdbi.useHandle(handle -> values(handle.createUpdate(insert), definition).execute());
    }

    void update(Definition<T> definition) {
        jdbi.useHandle(handle -> values(handle.createUpdate(update), definition).execute());
    }

    void delete(String code) {
        jdbi.useHandle(
                handle ->
                        handle.execute(
                                "DELETE FROM " + list.table() + " WHERE code = ? AND NOT used",
                                code));
    }

    private <S extends SqlStatement<S>> S values(S statement, Definition<T> definition) {
        statement
                .bind("code", definition.code())
                .bind("label", definition.terms().label())
                .bind("active", definition.terms().active())
                .bind("version", definition.version())
                .bind("updatedAt", definition.updatedAt());
        return bindOwn(statement, definition.terms());
    }

    private Definition<T> read(ResultSet row) throws SQLException {
        return new Definition<>(
                row.getString("code"),
                terms(row),
                row.getBoolean("used"),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    abstract <S extends SqlStatement<S>> S bindOwn(S statement, T terms);

    abstract T terms(ResultSet row) throws SQLException;
}
