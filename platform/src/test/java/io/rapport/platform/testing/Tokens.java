package io.rapport.platform.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Access tokens as an OIDC provider would issue them, valid for four minutes or more. They are put
 * together by hand, so that the library which checks them does not also decide what they look like;
 * the builder makes the odd ones.
 */
public final class Tokens {

    public static final String ISSUER = "https://login.rapport.example";
    public static final String AUDIENCE = "rapport";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    // Issued for a minute at a time, as callers keep their token too: with the first compiler alone
    // a signature takes 15 ms, which every call of every test would wait for.
    private static final String ID = UUID.randomUUID().toString();
    private static final Map<Unsigned, String> ISSUED = new ConcurrentHashMap<>();

    /** What one key has signed. */
    private record Unsigned(String content, PrivateKey key) {}

    private Tokens() {}

    public static String agent() {
        return builder().roles("agent").subject("agent-7").sign();
    }

    public static String manager() {
        return builder().roles("manager").subject("manager-3").sign();
    }

    /** A partner that may ingest and resolve the given sources. */
    public static String partner(String... sources) {
        return builder().roles("partner").subject("partner-1").sources(sources).sign();
    }

    /** A customer, logged in under this subject. */
    public static String customer(String subject) {
        return builder().roles("customer").subject(subject).sign();
    }

    public static String admin() {
        return builder().roles("admin").subject("admin-1").sign();
    }

    /** A valid token of nobody, without a role. */
    public static Builder builder() {
        return new Builder();
    }

    /** Claims first, then one of the endings: {@link #sign} is the one that a service accepts. */
    public static final class Builder {

        private final Map<String, Object> header = new LinkedHashMap<>();
        private final Map<String, Object> claims = new LinkedHashMap<>();
        private KeyPair pair = TestKeys.pair();

        private Builder() {
            header("typ", "JWT");
            Instant issued = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MINUTES);
            claim("iss", ISSUER);
            claim("aud", AUDIENCE);
            claim("sub", "nobody");
            claim("jti", ID);
            claim("iat", issued.getEpochSecond());
            claim("exp", issued.plus(Duration.ofMinutes(5)).getEpochSecond());
        }

        public Builder claim(String name, Object value) {
            claims.put(name, value);
            return this;
        }

        /** A member of the header, besides {@code alg}. */
        public Builder header(String name, Object value) {
            header.put(name, value);
            return this;
        }

        /** Signs with this key, instead of the one that every service under test trusts. */
        Builder key(KeyPair signing) {
            this.pair = signing;
            return this;
        }

        public Builder without(String claim) {
            claims.remove(claim);
            return this;
        }

        public Builder roles(String... roles) {
            return claim("realm_access", Map.of("roles", List.of(roles)));
        }

        public Builder subject(String subject) {
            return claim("sub", subject);
        }

        public Builder issuer(String issuer) {
            return claim("iss", issuer);
        }

        public Builder audience(String audience) {
            return claim("aud", audience);
        }

        public Builder sources(String... sources) {
            return claim("sources", List.of(sources));
        }

        /** Ended an hour ago: beyond any leeway for clocks. */
        public Builder expired() {
            Instant end = Clock.systemUTC().instant().minus(Duration.ofHours(1));
            return claim("iat", end.minusSeconds(300).getEpochSecond())
                    .claim("exp", end.getEpochSecond());
        }

        /** RS256 with the key that the service under test trusts. */
        public String sign() {
            return sign(pair.getPrivate());
        }

        /** RS256 with a key that nobody knows. */
        public String signByStranger() {
            return sign(TestKeys.generate().getPrivate());
        }

        /** {@code alg: none} and no signature. */
        public String unsigned() {
            return content("none") + ".";
        }

        /**
         * The attack on verifiers that let the token choose: HS256 with the public key as the
         * secret.
         */
        public String signWithPublicKeyAsSecret() {
            try {
                byte[] secret = Base64.getEncoder().encode(pair.getPublic().getEncoded());
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                String content = content("HS256");
                return content + "." + BASE64.encodeToString(mac.doFinal(ascii(content)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("HMAC is part of every JDK", e);
            }
        }

        private String sign(PrivateKey signing) {
            return ISSUED.computeIfAbsent(new Unsigned(content("RS256"), signing), Builder::signed);
        }

        private static String signed(Unsigned unsigned) {
            String content = unsigned.content;
            try {
                Signature signature = Signature.getInstance("SHA256withRSA");
                signature.initSign(unsigned.key);
                signature.update(ascii(content));
                return content + "." + BASE64.encodeToString(signature.sign());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("RSA is part of every JDK", e);
            }
        }

        private String content(String algorithm) {
            header("alg", algorithm);
            return encode(header) + "." + encode(claims);
        }

        private static String encode(Map<String, Object> object) {
            try {
                return BASE64.encodeToString(JSON.writeValueAsBytes(object));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("Claims are JSON", e);
            }
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
