package io.rapport.customer.consent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.customer.Channel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The table {@code consent_purpose}. */
@ApplicationScoped
class PurposeRows {

    private static final String COLUMNS =
            "key, title, description, channels, validity, double_opt_in, active, version, created_at, updated_at";
    private static final String BY_KEY =
            "SELECT " + COLUMNS + " FROM consent_purpose WHERE key = :key";
    private static final String PAGE =
            "SELECT "
                    + COLUMNS
                    + " FROM consent_purpose WHERE key > :after ORDER BY key LIMIT :limit";
    private static final String INSERT =
            """
            INSERT INTO consent_purpose (key, title, description, channels, validity, double_opt_in, active, version,
                created_at, updated_at)
            VALUES (:key, CAST(:title AS jsonb), CAST(:description AS jsonb), :channels, :validity, :doubleOptIn,
                :active, :version, :updatedAt, :updatedAt)
            ON CONFLICT (key) DO NOTHING
            """;
    private static final String UPDATE =
            """
            UPDATE consent_purpose SET title = CAST(:title AS jsonb), description = CAST(:description AS jsonb),
                channels = :channels, validity = :validity, double_opt_in = :doubleOptIn, active = :active,
                version = :version, updated_at = :updatedAt
            WHERE key = :key
            """;
    private static final TypeReference<TreeMap<String, String>> BY_LANGUAGE =
            new TypeReference<>() {};

    private final Jdbi jdbi;
    private final ObjectMapper json;

    PurposeRows(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    Optional<ConsentPurpose> find(String key) {
        return find(key, "");
    }

    /** The purpose as it is until the transaction ends, while consents to it may be recorded. */
    Optional<ConsentPurpose> hold(String key) {
        return find(key, " FOR NO KEY UPDATE");
    }

    /** The purpose, which stays there until the transaction ends. */
    Optional<ConsentPurpose> keep(String key) {
        return find(key, " FOR KEY SHARE");
    }

    private Optional<ConsentPurpose> find(String key, String lock) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(BY_KEY + lock)
                                .bind("key", key)
                                .map((row, context) -> read(row))
                                .findOne());
    }

    /** Purposes with keys after {@code after}, in the order of their keys. */
    List<ConsentPurpose> page(String after, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(PAGE)
                                .bind("after", after)
                                .bind("limit", limit)
                                .map((row, context) -> read(row))
                                .list());
    }

    /** False when there is one of that key. */
    boolean insert(ConsentPurpose purpose) {
        return jdbi.withHandle(
                handle -> values(handle.createUpdate(INSERT), purpose).execute() == 1);
    }

    /** Writes the next version over the one that the caller holds. */
    void update(ConsentPurpose purpose) {
        jdbi.useHandle(handle -> values(handle.createUpdate(UPDATE), purpose).execute());
    }

    /**
     * The foreign key looks for records of the purpose. Planned for any purpose that reads all
     * records, of which each purpose in use has a good part; planned for this one it reads an
     * index.
     */
    @Transactional(TxType.MANDATORY)
    void delete(String key) {
        jdbi.useHandle(
                handle -> {
                    handle.execute("SET LOCAL plan_cache_mode = force_custom_plan");
                    handle.execute("DELETE FROM consent_purpose WHERE key = ?", key);
                });
    }

    private <S extends SqlStatement<S>> S values(S statement, ConsentPurpose purpose) {
        PurposeTerms terms = purpose.terms();
        return statement
                .bind("key", purpose.key())
                .bind("title", write(terms.title()))
                .bind("description", write(terms.description()))
                .bindArray(
                        "channels",
                        String.class,
                        terms.channels().stream().sorted().map(Channel::name).toList())
                .bind("validity", terms.validity() == null ? null : terms.validity().toString())
                .bind("doubleOptIn", terms.doubleOptIn())
                .bind("active", terms.active())
                .bind("version", purpose.version())
                .bind("updatedAt", purpose.updatedAt());
    }

    private ConsentPurpose read(ResultSet row) throws SQLException {
        String validity = row.getString("validity");
        String description = row.getString("description");
        PurposeTerms terms =
                new PurposeTerms(
                        byLanguage(row.getString("title")),
                        description == null ? null : byLanguage(description),
                        channels((String[]) row.getArray("channels").getArray()),
                        validity == null ? null : Period.parse(validity),
                        row.getBoolean("double_opt_in"),
                        row.getBoolean("active"));
        return new ConsentPurpose(
                row.getString("key"),
                terms,
                row.getLong("version"),
                time(row, "created_at"),
                time(row, "updated_at"));
    }

    private static Set<Channel> channels(String[] names) {
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        Arrays.stream(names).map(Channel::valueOf).forEach(channels::add);
        return channels;
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private Map<String, String> byLanguage(String text) {
        try {
            return json.readValue(text, BY_LANGUAGE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a purpose's texts are no JSON", e);
        }
    }

    private @Nullable String write(@Nullable Map<String, String> texts) {
        try {
            return texts == null ? null : json.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts by language are always JSON", e);
        }
    }
}
