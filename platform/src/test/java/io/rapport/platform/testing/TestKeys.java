package io.rapport.platform.testing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The key pair of this JVM. It is kept in system properties, since the class loader that configures
 * the service under test is not the one that the tests run in.
 */
final class TestKeys {

    private static final String PRIVATE = "rapport.test.key.private";
    private static final String PUBLIC = "rapport.test.key.public";

    private TestKeys() {}

    /** X.509 in Base64. */
    static String publicKey() {
        make();
        return System.getProperty(PUBLIC, "");
    }

    static KeyPair pair() {
        make();
        Base64.Decoder base64 = Base64.getDecoder();
        byte[] publicKey = base64.decode(System.getProperty(PUBLIC, ""));
        byte[] privateKey = base64.decode(System.getProperty(PRIVATE, ""));
        try {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    rsa.generatePublic(new X509EncodedKeySpec(publicKey)),
                    rsa.generatePrivate(new PKCS8EncodedKeySpec(privateKey)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA is part of every JDK", e);
        }
    }

    static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA is part of every JDK", e);
        }
    }

    private static void make() {
        synchronized (System.getProperties()) {
            if (System.getProperty(PRIVATE) == null) {
                KeyPair pair = generate();
                Base64.Encoder base64 = Base64.getEncoder();
                System.setProperty(PUBLIC, base64.encodeToString(pair.getPublic().getEncoded()));
                System.setProperty(PRIVATE, base64.encodeToString(pair.getPrivate().getEncoded()));
            }
        }
    }
}
