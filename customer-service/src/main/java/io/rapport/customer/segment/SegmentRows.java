package io.rapport.customer.segment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.customer.profile.AttributeType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The tables {@code segment}, and what each segment refers to. */
@ApplicationScoped
class SegmentRows {

    /** All segments as they were at one moment, and the number of their last change. */
    record All(long epoch, List<Segment> segments, Map<String, AttributeType> attributes) {}

    private static final String COLUMNS =
            """
            s.key, s.label, s.description, s.condition, s.active, s.version, s.created_at, s.updated_at,
            b.started_at, b.decided
            """;
    private static final String FROM =
            " FROM segment s LEFT JOIN segment_build b ON b.segment = s.key ";
    private static final String BY_KEY = "SELECT " + COLUMNS + FROM + " WHERE s.key = :key";
    private static final String PAGE =
            "SELECT " + COLUMNS + FROM + " WHERE s.key > :after ORDER BY s.key LIMIT :limit";

    // One statement, so that all of it is of one moment.
    private static final String ALL =
            "SELECT "
                    + COLUMNS
                    + """
                    , e.number,
                    ARRAY(SELECT a.name || ':' || a.type FROM segment_attribute a WHERE a.segment = s.key)
                    FROM segment_epoch e LEFT JOIN segment s ON true LEFT JOIN segment_build b ON b.segment = s.key
                    ORDER BY s.key
                    """;
    private static final int EPOCH = 11;
    private static final int ATTRIBUTES = 12;
    private static final String INSERT =
            """
            INSERT INTO segment (key, label, description, condition, reads_context, active, version, created_at, updated_at)
            VALUES (:key, :label, :description, CAST(:condition AS json), :readsContext, :active, :version,
                :updatedAt, :updatedAt)
            """;
    private static final String UPDATE =
            """
            UPDATE segment SET label = :label, description = :description, condition = CAST(:condition AS json),
                reads_context = :readsContext, active = :active, version = :version, updated_at = :updatedAt
            WHERE key = :key
            """;
    private static final String DEPENDANTS =
            """
            WITH RECURSIVE dependant (key) AS (
                SELECT CAST(:key AS text)
                UNION SELECT r.segment FROM segment_reference r JOIN dependant d ON r.refers_to = d.key)
            SELECT key FROM dependant
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;

    SegmentRows(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /**
     * Lets one change of any segment through at a time, until the transaction ends: two that each
     * are sound could make a circle together.
     */
    @Transactional(TxType.MANDATORY)
    void hold() {
        jdbi.useHandle(
                handle ->
                        handle.createQuery("SELECT number FROM segment_epoch FOR UPDATE")
                                .mapTo(long.class)
                                .one());
    }

    /** The number of the last change of any segment. */
    long epoch() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery("SELECT number FROM segment_epoch")
                                .mapTo(long.class)
                                .one());
    }

    Optional<Segment> find(String key) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(BY_KEY)
                                .bind("key", key)
                                .map((row, context) -> read(row))
                                .findOne());
    }

    /** The same, which nobody else holds or changes until the transaction ends. */
    @Transactional(TxType.MANDATORY)
    Optional<Segment> holdOne(String key) {
        jdbi.useHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT key FROM segment WHERE key = :key FOR NO KEY UPDATE")
                                .bind("key", key)
                                .mapTo(String.class)
                                .findOne());
        return find(key);
    }

    /** Segments with keys after {@code after}, in the order of their keys. */
    List<Segment> page(String after, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(PAGE)
                                .bind("after", after)
                                .bind("limit", limit)
                                .map((row, context) -> read(row))
                                .list());
    }

    Set<String> keys() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT key FROM segment").mapTo(String.class).set());
    }

    All all() {
        record Read(long epoch, @Nullable Segment segment, Map<String, AttributeType> attributes) {}
        List<Read> read =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(ALL)
                                        .map(
                                                (row, context) ->
                                                        new Read(
                                                                row.getLong(EPOCH),
                                                                row.getString(1) == null
                                                                        ? null
                                                                        : read(row),
                                                                attributes(row)))
                                        .list());
        Map<String, AttributeType> attributes = new HashMap<>();
        read.forEach(one -> attributes.putAll(one.attributes));
        return new All(
                read.getFirst().epoch,
                read.stream().flatMap(one -> Optional.ofNullable(one.segment).stream()).toList(),
                attributes);
    }

    private static Map<String, AttributeType> attributes(ResultSet row) throws SQLException {
        Map<String, AttributeType> types = new HashMap<>();
        for (String joined : (String[]) row.getArray(ATTRIBUTES).getArray()) {
            int colon = joined.indexOf(':');
            types.put(
                    joined.substring(0, colon), AttributeType.valueOf(joined.substring(colon + 1)));
        }
        return types;
    }

    /** This segment, and those that refer to it, directly or not. */
    Set<String> dependants(String key) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(DEPENDANTS).bind("key", key).mapTo(String.class).set());
    }

    References references() {
        return jdbi.withHandle(
                handle ->
                        new References(
                                handle
                                        .createQuery(
                                                "SELECT segment, refers_to FROM segment_reference")
                                        .map(
                                                (row, context) ->
                                                        Map.entry(
                                                                row.getString(1), row.getString(2)))
                                        .list()
                                        .stream()
                                        .collect(
                                                Collectors.groupingBy(
                                                        Map.Entry::getKey,
                                                        Collectors.mapping(
                                                                Map.Entry::getValue,
                                                                Collectors.toSet())))));
    }

    @Transactional(TxType.MANDATORY)
    void insert(Segment segment, ReadRule read, Map<String, AttributeType> types) {
        jdbi.useHandle(
                handle -> {
                    values(handle.createUpdate(INSERT), segment, read).execute();
                    refer(handle, segment, read, types);
                });
    }

    /** Writes the next version over the one of before, for a caller who holds all segments. */
    @Transactional(TxType.MANDATORY)
    void update(Segment segment, ReadRule read, Map<String, AttributeType> types) {
        jdbi.useHandle(
                handle -> {
                    values(handle.createUpdate(UPDATE), segment, read).execute();
                    handle.execute(
                            "DELETE FROM segment_attribute WHERE segment = ?", segment.key());
                    handle.execute(
                            "DELETE FROM segment_reference WHERE segment = ?", segment.key());
                    refer(handle, segment, read, types);
                });
    }

    private static void refer(
            Handle handle, Segment segment, ReadRule read, Map<String, AttributeType> types) {
        for (String name : read.attributes()) {
            handle.execute(
                    "INSERT INTO segment_attribute (segment, name, type) VALUES (?, ?, ?)",
                    segment.key(),
                    name,
                    types.get(name));
        }
        for (String other : read.segments()) {
            handle.execute(
                    "INSERT INTO segment_reference (segment, refers_to) VALUES (?, ?)",
                    segment.key(),
                    other);
        }
        changed(handle);
    }

    @Transactional(TxType.MANDATORY)
    void delete(String key) {
        jdbi.useHandle(
                handle -> {
                    handle.execute("DELETE FROM segment WHERE key = ?", key);
                    changed(handle);
                });
    }

    private static void changed(Handle handle) {
        handle.execute("UPDATE segment_epoch SET number = number + 1");
    }

    private <S extends SqlStatement<S>> S values(S statement, Segment segment, ReadRule read) {
        return statement
                .bind("key", segment.key())
                .bind("label", segment.terms().label())
                .bind("description", segment.terms().description())
                .bind("condition", write(segment.terms().condition()))
                .bind("readsContext", read.readsContext())
                .bind("active", segment.terms().active())
                .bind("version", segment.version())
                .bind("updatedAt", segment.updatedAt());
    }

    private Segment read(ResultSet row) throws SQLException {
        OffsetDateTime building = row.getObject(9, OffsetDateTime.class);
        return new Segment(
                row.getString(1),
                new SegmentTerms(
                        row.getString(2),
                        row.getString(3),
                        condition(row.getString(4)),
                        row.getBoolean(5)),
                row.getLong(6),
                time(row, 7),
                time(row, 8),
                building == null
                        ? null
                        : new Segment.Progress(building.toInstant(), row.getLong(10)));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private String write(Condition condition) {
        try {
            return json.writerFor(Condition.class).writeValueAsString(condition);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a condition is always JSON", e);
        }
    }

    private Condition condition(String stored) {
        try {
            return json.readValue(stored, Condition.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is stored is no condition", e);
        }
    }
}
