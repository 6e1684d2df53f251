package io.rapport.interaction.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The first 128 bits of SHA-256 over named values, each with its length in front, so that no two
 * lists of values look alike. An absent value adds nothing: members added later leave older
 * fingerprints as they are. Not thread-safe.
 */
final class Fingerprint {

    private final MessageDigest digest = sha256();

    Fingerprint add(String name, @Nullable String value) {
        if (value != null) {
            addBytes(name);
            addBytes(value);
        }
        return this;
    }

    UUID toUuid() {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new UUID(hash.getLong(), hash.getLong());
    }

    private void addBytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
