package io.rapport.platform;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether two things are the same without keeping them: SHA-256 over named values, each with
 * its length in front, so that no two lists of values look alike. An absent value adds nothing, so
 * that members that come later leave older fingerprints as they are. Read it once. Not thread-safe.
 */
public final class Fingerprint {

    private final MessageDigest sha256 = sha256();

    /** Adds a value by its text. */
    public Fingerprint add(String name, @Nullable Object value) {
        return value == null ? this : addBytes(name, utf8(value.toString()));
    }

    public Fingerprint addBytes(String name, byte[] value) {
        addWithLength(utf8(name));
        addWithLength(value);
        return this;
    }

    public byte[] toBytes() {
        return sha256.digest();
    }

    /** The first 128 bits, where a column of that size is enough to tell things apart. */
    public UUID toUuid() {
        ByteBuffer hash = ByteBuffer.wrap(toBytes());
        return new UUID(hash.getLong(), hash.getLong());
    }

    private void addWithLength(byte[] bytes) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha256.update(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
