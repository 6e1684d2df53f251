package io.rapport.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Versions;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The answers that were given under idempotency keys, for 24 hours. */
@Singleton
class StoredAnswers {

    static final Duration KEPT = Duration.ofHours(24);

    private static final int PURGED_AT_ONCE = 1000;
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(?)";
    private static final String FIND =
            """
            SELECT request_sha256, status, headers, body FROM idempotency_key
            WHERE scope_sha256 = ? AND answered_at > ?""";
    private static final String ERASE = "DELETE FROM idempotency_key WHERE customer_ids && ?";
    private static final String PURGE =
            """
            DELETE FROM idempotency_key WHERE scope_sha256 = ANY(ARRAY(
                SELECT scope_sha256 FROM idempotency_key WHERE answered_at <= ?
                ORDER BY answered_at LIMIT ? FOR UPDATE SKIP LOCKED))""";

    /** An answer as it was given, byte for byte. */
    record Answer(
            byte[] requestSha256, int status, Map<String, String> headers, @Nullable String body) {

        Response.ResponseBuilder response() {
            Response.ResponseBuilder response = Response.status(status);
            headers.forEach(response::header);
            return body == null ? response : response.entity(body);
        }
    }

    private final Jdbi jdbi;
    private final Clock clock;
    private final ObjectMapper json;

    StoredAnswers(Jdbi jdbi, Clock clock, ObjectMapper json) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.json = json;
    }

    /** Until the transaction ends nobody else gets it; false when somebody has it. */
    boolean tryLock(byte[] scope) {
        long lock = ByteBuffer.wrap(scope).getLong();
        return jdbi.withHandle(h -> h.select(TRY_LOCK, lock).mapTo(boolean.class).one());
    }

    Optional<Answer> find(byte[] scope) {
        return jdbi.withHandle(
                h -> h.select(FIND, scope, oldest()).map((row, context) -> read(row)).findOne());
    }

    /**
     * Keeps the answer with the effect's transaction, over one that is too old to count; refused
     * when it speaks of a customer whom another transaction has erased, which the lock on their row
     * tells. What the erasure itself answers is kept.
     */
    Answer keep(
            byte[] scope,
            byte[] requestSha256,
            Response response,
            Collection<Versions.Entry> versions) {
        Answer answer = answer(requestSha256, response, VersionTokens.render(versions));
        UUID[] customers =
                versions.stream().map(Versions.Entry::customer).distinct().toArray(UUID[]::new);
        if (customers.length == 0
                && answer.body() != null
                && !(response.getEntity() instanceof IdempotencyKeys.OfNobody)) {
            throw new IllegalStateException("an answer that tells no customer is never erased");
        }
        int kept =
                jdbi.withHandle(
                        handle ->
                                handle.createUpdate(
                                                """
                                                WITH concerned AS (
                                                    SELECT erased AND xmin <> CAST(pg_current_xact_id() AS xid) AS elsewhere
                                                    FROM customer_sequence WHERE customer_id = ANY(:customers)
                                                    ORDER BY customer_id FOR SHARE)
                                                INSERT INTO idempotency_key
                                                    (scope_sha256, request_sha256, status, headers, body, customer_ids, answered_at)
                                                SELECT :scope, :request, :status, :headers, :body, :customers, :now
                                                WHERE NOT EXISTS (SELECT FROM concerned WHERE elsewhere)
                                                ON CONFLICT (scope_sha256) DO UPDATE SET
                                                    (request_sha256, status, headers, body, customer_ids, answered_at) =
                                                    (EXCLUDED.request_sha256, EXCLUDED.status, EXCLUDED.headers,
                                                     EXCLUDED.body, EXCLUDED.customer_ids, EXCLUDED.answered_at)""")
                                        .bind("scope", scope)
                                        .bind("request", requestSha256)
                                        .bind("status", answer.status())
                                        .bind("headers", write(json, answer.headers()))
                                        .bind("body", answer.body())
                                        .bind("customers", customers)
                                        .bind("now", clock.instant())
                                        .execute());
        if (kept == 0) {
            throw Refusal.customerErased();
        }
        return answer;
    }

    /** Forgets the answers that speak of one of these customers. */
    void erase(Collection<UUID> customers) {
        Object ids = customers.toArray(UUID[]::new);
        jdbi.useHandle(h -> h.execute(ERASE, ids));
    }

    /**
     * Forgets what is older than a day, a bounded number at a time, beside whoever else does the
     * same. As an array the keys are looked up one by one; joined, the whole table might be read.
     */
    @Scheduled(every = "1h", delayed = "5m", concurrentExecution = ConcurrentExecution.SKIP)
    void purge() {
        int purged;
        do {
            purged = jdbi.withHandle(h -> h.execute(PURGE, oldest(), PURGED_AT_ONCE));
        } while (purged == PURGED_AT_ONCE);
    }

    private Instant oldest() {
        return clock.instant().minus(KEPT);
    }

    private Answer answer(byte[] requestSha256, Response response, String versions) {
        Map<String, String> headers = new TreeMap<>();
        response.getStringHeaders()
                .forEach((name, values) -> headers.put(name, String.join(", ", values)));
        if (!versions.isEmpty()) {
            headers.put(VersionTokens.VERSION, versions);
        }
        Object entity = response.getEntity();
        if (entity != null) {
            headers.putIfAbsent(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
        return new Answer(
                requestSha256,
                response.getStatus(),
                headers,
                entity == null ? null : write(json, entity));
    }

    private Answer read(ResultSet row) throws SQLException {
        try {
            return new Answer(
                    row.getBytes("request_sha256"),
                    row.getInt("status"),
                    json.readValue(row.getString("headers"), HEADERS),
                    row.getString("body"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored answer has unreadable headers", e);
        }
    }

    /** What is kept, or compared with what was. */
    static String write(ObjectMapper json, Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request or an answer cannot be written as JSON", e);
        }
    }
}
