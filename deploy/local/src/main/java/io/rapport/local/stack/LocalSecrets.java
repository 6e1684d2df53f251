package io.rapport.local.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key pair that signs this machine's tokens, the passwords of the database roles, and the key
 * of erased identities. Made at the first start, kept in files that only their owner can read, and
 * good for nothing but this stack.
 */
public final class LocalSecrets {
    private static final String PRIVATE_KEY = "signing-key.pem";
    private static final String PUBLIC_KEY = "signing-key.pub.pem";
    private static final String DATABASE_SECRET = "database-secret";

    private final PrivateKey signingKey;
    private final String publicKeyPem;
    private final String databaseSecret;

    private LocalSecrets(PrivateKey signingKey, String publicKeyPem, String databaseSecret) {
        this.signingKey = signingKey;
        this.publicKeyPem = publicKeyPem;
        this.databaseSecret = databaseSecret;
    }

    /** The secrets of a folder; refuses when none were made yet. */
    public static LocalSecrets of(LocalFolder folder) {
        Path keys = folder.keys();
        if (!Files.exists(keys.resolve(PRIVATE_KEY))) {
            throw new CannotGoOn("There is no key to sign with yet: ./rapport up makes one.");
        }
        try {
            byte[] encoded =
                    Base64.getMimeDecoder()
                            .decode(withoutArmour(Files.readString(keys.resolve(PRIVATE_KEY))));
            return new LocalSecrets(
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded)),
                    Files.readString(keys.resolve(PUBLIC_KEY)),
                    Files.readString(keys.resolve(DATABASE_SECRET)).strip());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw CannotGoOn.because("Cannot read the keys in " + keys, e);
        }
    }

    static LocalSecrets openOrCreate(LocalFolder folder) throws IOException {
        Path keys = folder.keys();
        if (!Files.exists(keys.resolve(PRIVATE_KEY))) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                KeyPair pair = generator.generateKeyPair();
                byte[] secret = new byte[32];
                new SecureRandom().nextBytes(secret);
                write(keys.resolve(DATABASE_SECRET), HexFormat.of().formatHex(secret) + "\n");
                write(
                        keys.resolve(PUBLIC_KEY),
                        armoured("PUBLIC KEY", pair.getPublic().getEncoded()));
                write(
                        keys.resolve(PRIVATE_KEY),
                        armoured("PRIVATE KEY", pair.getPrivate().getEncoded()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every JDK has RSA", e);
            }
        }
        return of(folder);
    }

    public PrivateKey signingKey() {
        return signingKey;
    }

    /** The public key as one line of base64, as the services take it. */
    public String publicKey() {
        return withoutArmour(publicKeyPem);
    }

    /**
     * The password of a database role, derived so that no role can be entered with another one's.
     */
    public String databasePassword(String role) {
        return derived(role);
    }

    /** By which customer-service keeps identities of erased customers. */
    String erasedIdentitiesKey() {
        return derived("erased identities");
    }

    private String derived(String use) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(
                            databaseSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(use.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA-256", e);
        }
    }

    private static String armoured(String kind, byte[] encoded) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    private static String withoutArmour(String pem) {
        return String.join("", pem.lines().filter(line -> !line.startsWith("-----")).toList());
    }

    /** Writes a file that nobody else can read, at no moment. */
    static void write(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }
}
