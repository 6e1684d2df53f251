package io.rapport.customer.login;

import io.rapport.customer.Identity;
import io.rapport.platform.Fingerprint;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Codes that link a login: 128 random bits, of which only a hash is kept. A customer has one at a
 * time; the caller holds the customer.
 */
@ApplicationScoped
class LoginCodes {

    private static final int BYTES = 16;

    private final Jdbi jdbi;
    private final SecureRandom random = new SecureRandom();

    LoginCodes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A new code; the one before is good for nothing any more. */
    String issue(UUID customer, Instant expiresAt) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        INSERT INTO login_code (customer_id, code_sha256, expires_at)
                                        VALUES (:customer, :code, :expiresAt)
                                        ON CONFLICT (customer_id) DO UPDATE SET
                                            code_sha256 = EXCLUDED.code_sha256,
                                            expires_at = EXCLUDED.expires_at,
                                            used_by = NULL
                                        """)
                                .bind("customer", customer)
                                .bind("code", sha256(code))
                                .bind("expiresAt", expiresAt)
                                .execute());
        return code;
    }

    /** Whose the code is, whether or not it may still be used. */
    Optional<UUID> customer(String code) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT customer_id FROM login_code WHERE code_sha256 = :code")
                                .bind("code", sha256(code))
                                .mapTo(UUID.class)
                                .findOne());
    }

    /** Uses the code up; false when it has expired, or is another login's. */
    boolean use(String code, Identity login, Instant now) {
        return jdbi.withHandle(
                        handle ->
                                handle.createUpdate(
                                                """
                                                UPDATE login_code SET used_by = :login
                                                WHERE code_sha256 = :code AND expires_at > :now
                                                  AND (used_by IS NULL OR used_by = :login)
                                                """)
                                        .bind("login", login.externalId())
                                        .bind("code", sha256(code))
                                        .bind("now", now)
                                        .execute())
                == 1;
    }

    /** The customer's code, used or not, is good for nothing any more. */
    void revoke(UUID customer) {
        jdbi.useHandle(
                handle -> handle.execute("DELETE FROM login_code WHERE customer_id = ?", customer));
    }

    private static byte[] sha256(String code) {
        return new Fingerprint().add("login-code", code).toBytes();
    }
}
