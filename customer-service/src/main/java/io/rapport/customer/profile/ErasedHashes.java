package io.rapport.customer.profile;

import io.rapport.customer.Identity;
import io.rapport.platform.Fingerprint;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Under which hash the name of an erased customer is kept: HMAC-SHA-256 with the installation's
 * key, in hexadecimal digits. An identity and a value of an attribute never share one. Thread-safe.
 */
@ApplicationScoped
class ErasedHashes {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    ErasedHashes(ErasedIdentityConfig config) {
        this.key = new SecretKeySpec(config.key().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    String of(Identity identity) {
        return of(
                new Fingerprint()
                        .add("source", identity.source())
                        .add("externalId", identity.externalId()));
    }

    String of(AttributeKey value) {
        return of(
                new Fingerprint().add("attribute", value.attribute()).add("value", value.value()));
    }

    /** The same for each service with this key, and for none with another one. */
    String check() {
        return of(new Fingerprint().add("check", "rapport.erased-identities.key"));
    }

    private String of(Fingerprint named) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(named.toBytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }
}
