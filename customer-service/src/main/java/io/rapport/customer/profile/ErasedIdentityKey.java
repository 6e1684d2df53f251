package io.rapport.customer.profile;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/**
 * Refuses to start with another key than the one by which erased identities are kept: it would take
 * all of them in again, and nobody would notice. The first start keeps by which one that is.
 */
@Singleton
final class ErasedIdentityKey {

    private static final String KEEP =
            """
            INSERT INTO erased_identity_key (check_hmac) VALUES (:check)
            ON CONFLICT ON CONSTRAINT erased_identity_key_is_one DO NOTHING
            """;

    private final Jdbi jdbi;
    private final ErasedHashes hashes;

    ErasedIdentityKey(Jdbi jdbi, ErasedHashes hashes) {
        this.jdbi = jdbi;
        this.hashes = hashes;
    }

    /** Before anything is taken in or read. */
    void start(@Observes @Priority(2) StartupEvent event) {
        require();
    }

    void require() {
        String check = hashes.check();
        String kept =
                jdbi.withHandle(
                        handle -> {
                            handle.createUpdate(KEEP).bind("check", check).execute();
                            return handle.createQuery("SELECT check_hmac FROM erased_identity_key")
                                    .mapTo(String.class)
                                    .one();
                        });
        if (!kept.equals(check)) {
            throw new ConfigurationException(
                    "rapport.erased-identities.key is another one than the key by which erased identities are kept in this"
                            + " database: give all replicas the key of before (docs/operations/erasure.md).");
        }
    }
}
