package io.rapport.interaction.fact;

import io.rapport.interaction.FactKind;
import io.rapport.interaction.Learnt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The rows of facts, each read in its newest version. */
@ApplicationScoped
class FactRows {

    /** A fact that was forgotten. */
    public record Forgotten(UUID customerId, UUID factId) {}

    private static final String COLUMNS =
            """
            f.id, v.version, f.customer_id, f.interaction_id, f.key, k.topic, k.kind, v.learnt, v.declined, t.value,
            f.told_at, v.valid_until, v.recorded_at, v.teller, g.forgotten_at""";

    private static final String NEWEST_VERSION =
            """

            CROSS JOIN LATERAL (
                SELECT * FROM fact_version AS n WHERE n.customer_id = f.customer_id AND n.fact_id = f.id
                ORDER BY n.version DESC LIMIT 1) AS v
            LEFT JOIN fact_version_text AS t ON t.customer_id = f.customer_id AND t.fact_id = f.id AND t.version = v.version
            LEFT JOIN fact_forgotten AS g ON g.customer_id = f.customer_id AND g.fact_id = f.id
            """;

    private static final String SELECT =
            "SELECT "
                    + COLUMNS
                    + " FROM fact AS f JOIN fact_key AS k ON k.code = f.key"
                    + NEWEST_VERSION;

    // Of each key what was told last, and was not forgotten, is all that can be known. Each is a
    // look into the index for each member, however often the customer told something.
    static final String LAST_TOLD =
            "SELECT "
                    + COLUMNS
                    + """
                     FROM fact_key AS k
                    CROSS JOIN LATERAL (
                        SELECT latest.* FROM unnest(:customers) AS member (id)
                        CROSS JOIN LATERAL (
                            SELECT one.* FROM fact AS one
                            WHERE one.customer_id = member.id AND one.key = k.code AND one.told_at <= :until
                              AND one.interaction_id <> :except
                              AND NOT EXISTS (
                                SELECT FROM fact_forgotten AS gone
                                WHERE gone.customer_id = one.customer_id AND gone.fact_id = one.id)
                            ORDER BY one.told_at DESC, one.id DESC LIMIT 1) AS latest
                        ORDER BY latest.told_at DESC, latest.id DESC LIMIT 1) AS f"""
                    + NEWEST_VERSION;

    private static final String HOLD =
            "SELECT customer_id FROM customer_sequence WHERE customer_id = ANY(:customers) ORDER BY customer_id FOR UPDATE";

    private static final String INSERT =
            """
            WITH told AS (
                INSERT INTO fact (customer_id, id, interaction_id, key, told_at, recorded_at)
                VALUES (:customer, :id, :interaction, :key, :toldAt, :recordedAt)
                ON CONFLICT ON CONSTRAINT fact_is_told_once_in_an_interaction DO NOTHING
                RETURNING id),
            first AS (
                INSERT INTO fact_version (customer_id, fact_id, version, learnt, declined, valid_until, recorded_at, teller)
                SELECT :customer, id, 1, :learnt, :declined, :validUntil, :recordedAt, :teller FROM told),
            words AS (
                INSERT INTO fact_version_text (customer_id, fact_id, version, value, actor)
                SELECT :customer, id, 1, :value, :actor FROM told)
            SELECT count(*) FROM told""";

    private static final String INSERT_VERSION =
            """
            WITH next AS (
                INSERT INTO fact_version (customer_id, fact_id, version, learnt, declined, valid_until, recorded_at, teller)
                VALUES (:customer, :id, :version, :learnt, :declined, :validUntil, :recordedAt, :teller))
            INSERT INTO fact_version_text (customer_id, fact_id, version, value, reason, actor)
            VALUES (:customer, :id, :version, :value, :reason, :actor)""";

    // Older ones too, of all who are the same customer: else one of them would be known in its
    // place.
    private static final String FORGET =
            """
            WITH gone AS (
                INSERT INTO fact_forgotten (customer_id, fact_id, forgotten_at, teller)
                SELECT f.customer_id, f.id, :now, :teller FROM fact AS f
                WHERE f.customer_id = ANY(:customers) AND f.key = :key AND (f.told_at, f.id) <= (:toldAt, :id)
                ON CONFLICT ON CONSTRAINT fact_is_forgotten_once DO NOTHING
                RETURNING customer_id, fact_id),
            cleared AS (
                DELETE FROM fact_version_text AS t USING gone
                WHERE t.customer_id = gone.customer_id AND t.fact_id = gone.fact_id)
            SELECT customer_id, fact_id FROM gone ORDER BY customer_id, fact_id""";

    private static final UUID NONE = new UUID(0, 0);

    private final Jdbi jdbi;

    FactRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The lock that every write about these customers takes, and their erasure too. */
    @Transactional(TxType.MANDATORY)
    void hold(List<UUID> customers) {
        jdbi.useHandle(
                handle ->
                        handle.createQuery(HOLD)
                                .bindArray("customers", UUID.class, customers)
                                .mapTo(UUID.class)
                                .list());
    }

    /** False when something was told under its key in its interaction before. */
    boolean insert(Fact fact, String actor) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(INSERT)
                                        .bindMethods(fact)
                                        .bind("actor", actor)
                                        .mapTo(int.class)
                                        .one()
                                == 1);
    }

    void insertVersion(Fact fact, String reason, String actor) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(INSERT_VERSION)
                                .bindMethods(fact)
                                .bind("reason", reason)
                                .bind("actor", actor)
                                .execute());
    }

    /** Forgets the fact and what was told under its key before; answers those that it forgot. */
    List<Forgotten> forget(List<UUID> customers, Fact fact, Instant now, Teller teller) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(FORGET)
                                .bindArray("customers", UUID.class, customers)
                                .bind("key", fact.key())
                                .bind("toldAt", fact.toldAt())
                                .bind("id", fact.id())
                                .bind("now", now)
                                .bind("teller", teller)
                                .map(ConstructorMapper.of(Forgotten.class))
                                .list());
    }

    Optional<Fact> find(UUID customer, UUID id) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        SELECT + "WHERE f.customer_id = :customer AND f.id = :id")
                                .bind("customer", customer)
                                .bind("id", id)
                                .map((row, context) -> fact(row))
                                .findOne());
    }

    /** What was told last under the key until then, in any interaction but this one. */
    Optional<Fact> lastTold(
            List<UUID> customers, String key, Instant until, @Nullable UUID interaction) {
        return jdbi.withHandle(
                handle ->
                        lastTold(handle.createQuery(LAST_TOLD + "WHERE k.code = :key"), customers)
                                .bind("key", key)
                                .bind("until", until)
                                .bind("except", interaction == null ? NONE : interaction)
                                .map((row, context) -> fact(row))
                                .findOne());
    }

    /** What was told last under each key until then, by topic and key. */
    List<Fact> lastTold(List<UUID> customers, Instant until) {
        return jdbi.withHandle(
                handle ->
                        lastTold(
                                        handle.createQuery(LAST_TOLD + "ORDER BY k.topic, k.code"),
                                        customers)
                                .bind("until", until)
                                .bind("except", NONE)
                                .map((row, context) -> fact(row))
                                .list());
    }

    private static Query lastTold(Query query, List<UUID> customers) {
        return query.bindArray("customers", UUID.class, customers);
    }

    /**
     * The facts of all these customers that the filter lets through and that come after {@code
     * last}, those told last first. Each one's are read by the index.
     */
    List<Fact> page(List<UUID> customers, FactFilter filter, @Nullable FactPlace last, int rows) {
        String sql =
                "SELECT page.* FROM unnest(:customers) AS member (id) CROSS JOIN LATERAL ("
                        + SELECT
                        + "WHERE f.customer_id = member.id"
                        + filter.conditions()
                        + (last == null ? "" : " AND (f.told_at, f.id) < (:lastTold, :lastId)")
                        + " ORDER BY f.told_at DESC, f.id DESC LIMIT :rows) AS page"
                        + " ORDER BY page.told_at DESC, page.id DESC LIMIT :rows";
        return jdbi.withHandle(
                handle -> {
                    Query query =
                            handle.createQuery(sql)
                                    .bindArray("customers", UUID.class, customers)
                                    .bind("rows", rows);
                    filter.bindTo(query);
                    if (last != null) {
                        query.bind("lastTold", last.toldAt()).bind("lastId", last.id());
                    }
                    return query.map((row, context) -> fact(row)).list();
                });
    }

    private static Fact fact(ResultSet row) throws SQLException {
        OffsetDateTime forgotten = row.getObject("forgotten_at", OffsetDateTime.class);
        return new Fact(
                row.getObject("id", UUID.class),
                row.getInt("version"),
                row.getObject("customer_id", UUID.class),
                row.getObject("interaction_id", UUID.class),
                row.getString("key"),
                row.getString("topic"),
                FactKind.valueOf(row.getString("kind")),
                Learnt.valueOf(row.getString("learnt")),
                row.getBoolean("declined"),
                row.getString("value"),
                time(row, "told_at"),
                time(row, "valid_until"),
                time(row, "recorded_at"),
                Teller.valueOf(row.getString("teller")),
                forgotten == null ? null : forgotten.toInstant());
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
