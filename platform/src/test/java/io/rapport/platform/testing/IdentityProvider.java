package io.rapport.platform.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A small OIDC provider: discovery, one signing key that can be changed, and an introspection that
 * finds every token active. It can be away and come back at its address.
 */
public final class IdentityProvider implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEYS = "/keys";
    private static final String INTROSPECTION = "/introspect";

    private volatile int port;
    // Made once, because that takes long; two in a row are never the same.
    private static final List<KeyPair> PAIRS =
            List.of(TestKeys.generate(), TestKeys.generate(), TestKeys.generate());
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final AtomicInteger keySets = new AtomicInteger();
    private final AtomicInteger introspections = new AtomicInteger();
    private volatile KeyPair pair = next();
    private volatile String keyId = UUID.randomUUID().toString();
    private @Nullable HttpServer server;

    /** Away at first; with port 0 it comes at any that is free. */
    public IdentityProvider(int port) {
        this.port = port;
    }

    public static String url(int port) {
        return "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port;
    }

    public String url() {
        return url(port);
    }

    public void open() throws IOException {
        if (server != null) {
            return;
        }
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        HttpServer opened = HttpServer.create(address, 0);
        port = opened.getAddress().getPort();
        answer(
                opened,
                "/.well-known/openid-configuration",
                new AtomicInteger(),
                () ->
                        Map.of(
                                "issuer", url(),
                                "jwks_uri", url() + KEYS,
                                "introspection_endpoint", url() + INTROSPECTION,
                                "token_endpoint", url() + "/token"));
        answer(opened, KEYS, keySets, () -> Map.of("keys", List.of(key())));
        answer(opened, INTROSPECTION, introspections, () -> Map.of("active", true));
        opened.start();
        server = opened;
    }

    /** Goes away; open connections are cut. */
    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** From now on another key signs, and the one before is withdrawn. */
    public void rotate() {
        pair = next();
        keyId = UUID.randomUUID().toString();
    }

    /** A valid token of this provider and its present key, of nobody and without a role. */
    public Tokens.Builder token() {
        return Tokens.builder().issuer(url()).header("kid", keyId).key(pair);
    }

    /** The present public key, as a JSON Web Key. */
    public Map<String, Object> key() {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return Map.of(
                "kty",
                "RSA",
                "use",
                "sig",
                "alg",
                "RS256",
                "kid",
                keyId,
                "n",
                base64(key.getModulus()),
                "e",
                base64(key.getPublicExponent()));
    }

    public String keyId() {
        return keyId;
    }

    public String keysUrl() {
        return url() + KEYS;
    }

    /** How often its keys were asked for. */
    public int keySets() {
        return keySets.get();
    }

    /** How often it was asked what it thinks of a token. */
    public int introspections() {
        return introspections.get();
    }

    private static void answer(HttpServer server, String path, AtomicInteger asked, Answer answer) {
        server.createContext(
                path,
                exchange -> {
                    asked.incrementAndGet();
                    byte[] body = JSON.writeValueAsBytes(answer.body());
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
    }

    private interface Answer {
        Map<String, Object> body();
    }

    private static KeyPair next() {
        return PAIRS.get(NEXT.getAndIncrement() % PAIRS.size());
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        byte[] magnitude = new byte[bytes.length - sign];
        System.arraycopy(bytes, sign, magnitude, 0, magnitude.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(magnitude);
    }
}
