package io.rapport.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.quarkus.security.identity.SecurityIdentity;
import io.rapport.platform.Fingerprint;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import io.rapport.platform.event.Versions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Makes an effect happen once for each caller, operation and {@code Idempotency-Key}, for 24 hours.
 * Key, request and answer lie in the effect's own transaction: either all of it happened or nothing
 * did. A refusal is not kept, so the same key may be tried again. An answer is kept with the
 * customers whose {@link Versions} it tells, and forgotten with them: one with a body that tells
 * none is an error, unless the body is {@link OfNobody}.
 */
@ApplicationScoped
public class IdempotencyKeys {

    /** What speaks of no customer, whoever asked for it: an answer that outlasts all erasures. */
    public interface OfNobody {}

    /** The request header that names the intent. */
    public static final String HEADER = "Idempotency-Key";

    /** Says that the answer is that of an earlier request. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final StoredAnswers answers;
    private final SecurityIdentity identity;
    private final Versions versions;
    private final TransactionSynchronizationRegistry transaction;
    private final ObjectMapper canonical;

    IdempotencyKeys(
            StoredAnswers answers,
            SecurityIdentity identity,
            Versions versions,
            TransactionSynchronizationRegistry transaction,
            ObjectMapper json) {
        this.answers = answers;
        this.identity = identity;
        this.versions = versions;
        this.transaction = transaction;
        // Absent and null are one, so that a field that is added later does not change what was
        // asked before it.
        this.canonical =
                json.copy()
                        .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
                        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    }

    /**
     * Runs the effect in a transaction, or gives the stored answer when it has run before.
     *
     * @param operation the operation's stable name, such as {@code redeem}
     * @param key what the client sent as {@code Idempotency-Key}
     * @param request all that decides what the effect does: the body, and ids from the path
     */
    @Transactional
    public Response once(
            String operation, @Nullable String key, Object request, Supplier<Response> effect) {
        byte[] scope = scope(operation, valid(key));
        String asked = StoredAnswers.write(canonical, request);
        byte[] content = new Fingerprint().add("request", asked).toBytes();
        if (!answers.tryLock(scope)) {
            throw Refusal.conflict(
                            "idempotency-key-in-use",
                            "A request with this key is being served. Repeat the same request in a moment.")
                    .retryAfter(Duration.ofSeconds(1));
        }
        Optional<StoredAnswers.Answer> known = answers.find(scope);
        if (known.isPresent()) {
            return replay(known.get(), content);
        }
        Response response = effect.get();
        if (response.getStatus() >= 400) {
            transaction.setRollbackOnly();
            return response;
        }
        return answers.keep(scope, content, response, versions.entries()).response().build();
    }

    /**
     * Forgets, in the caller's transaction, the answers that speak of these customers: those whose
     * {@link Versions} an answer tells. One that is being made meanwhile is refused, if the caller
     * has erased them at the {@link io.rapport.platform.event.Outbox} before.
     */
    @Transactional(TxType.MANDATORY)
    public void erase(Collection<UUID> customers) {
        answers.erase(customers);
    }

    private static Response replay(StoredAnswers.Answer answer, byte[] content) {
        if (!Arrays.equals(answer.requestSha256(), content)) {
            throw Refusal.unprocessable(
                    "idempotency-key-reused",
                    "This key was used for another request. Take a new key for a new request.");
        }
        return answer.response().header(REPLAYED, "true").build();
    }

    private static String valid(@Nullable String key) {
        if (key == null || key.isEmpty()) {
            throw Refusal.invalid(
                    "idempotency-key-missing",
                    "Send an Idempotency-Key of your making, such as a UUID, and the same one when you repeat the request.",
                    new FieldError(HEADER, "must be there"));
        }
        if (!KEY.matcher(key).matches()) {
            throw Refusal.invalid(
                    "invalid-idempotency-key",
                    "An Idempotency-Key has 1 to 128 visible ASCII characters.",
                    new FieldError(HEADER, "must have 1 to 128 visible ASCII characters"));
        }
        return key;
    }

    /** Who asks for what under which key, so that nobody meets the answers of another. */
    private byte[] scope(String operation, String key) {
        String issuer = "";
        String subject = "";
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            issuer = String.valueOf(token.getIssuer());
            subject = String.valueOf(token.getSubject());
        } else if (!identity.isAnonymous()) {
            subject = identity.getPrincipal().getName();
        }
        return new Fingerprint()
                .add("issuer", issuer)
                .add("subject", subject)
                .add("operation", operation)
                .add("key", key)
                .toBytes();
    }
}
