package io.rapport.interaction.clock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;

/**
 * All versions of the rules. A version never changes, so that those in use are kept in memory; the
 * newest is looked up each time. Thread-safe.
 */
@ApplicationScoped
class RulesRows {

    /** Rules and their version. */
    record Versioned(long version, ClockRules rules) {}

    private static final int MOST_IN_MEMORY = 100;

    private static final String NEWEST = "SELECT max(version) FROM clock_rules";
    private static final String BY_VERSION =
            "SELECT rules FROM clock_rules WHERE version = :version";
    private static final String INSERT =
            "INSERT INTO clock_rules (version, rules, at, actor) VALUES (:version, CAST(:rules AS json), :at, :actor)";

    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Map<Long, ClockRules> known = new ConcurrentHashMap<>();

    RulesRows(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    Versioned newest() {
        long version =
                jdbi.withHandle(handle -> handle.createQuery(NEWEST).mapTo(long.class).one());
        return new Versioned(version, require(version));
    }

    ClockRules require(long version) {
        return find(version)
                .orElseThrow(
                        () ->
                                Refusal.notFound(
                                        "unknown-version", "The rules never had this version."));
    }

    private Optional<ClockRules> find(long version) {
        ClockRules rules = known.get(version);
        if (rules != null) {
            return Optional.of(rules);
        }
        Optional<ClockRules> read =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(BY_VERSION)
                                        .bind("version", version)
                                        .map((row, context) -> read(row.getString("rules")))
                                        .findOne());
        if (known.size() >= MOST_IN_MEMORY) {
            known.clear();
        }
        read.ifPresent(found -> known.put(version, found));
        return read;
    }

    void insert(Versioned rules, Instant at, String actor) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(INSERT)
                                .bind("version", rules.version())
                                .bind("rules", written(rules.rules()))
                                .bind("at", at)
                                .bind("actor", actor)
                                .execute());
    }

    private ClockRules read(String rules) {
        try {
            return json.readValue(rules, ClockRules.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the rules of clocks are no JSON", e);
        }
    }

    private String written(ClockRules rules) {
        try {
            return json.writeValueAsString(rules);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rules of clocks are always JSON", e);
        }
    }
}
