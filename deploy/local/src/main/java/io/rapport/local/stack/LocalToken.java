package io.rapport.local.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Who a token of this machine speaks for. A partner may bring in and look up only the sources that
 * it names.
 */
public record LocalToken(Set<String> roles, String subject, List<String> sources) {
    public static final String ISSUER = "https://rapport.local";
    public static final String AUDIENCE = "rapport";
    public static final Duration LIFETIME = Duration.ofHours(12);

    private static final Set<String> KNOWN_ROLES =
            Set.of("agent", "manager", "partner", "customer", "admin");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    public LocalToken {
        for (String role : roles) {
            if (!KNOWN_ROLES.contains(role)) {
                throw new CannotGoOn(
                        "There is no role %s: the roles are %s."
                                .formatted(role, String.join(", ", new TreeSet<>(KNOWN_ROLES))));
            }
        }
    }

    /** The signed token (RS256), valid from now for {@link #LIFETIME}. */
    public String signed(LocalSecrets secrets, Clock clock) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("aud", AUDIENCE);
        claims.put("sub", subject);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        claims.put("realm_access", Map.of("roles", List.copyOf(roles)));
        if (!sources.isEmpty()) {
            claims.put("sources", sources);
        }
        String content = part(Map.of("alg", "RS256", "typ", "JWT")) + "." + part(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(secrets.signingKey());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK signs with RSA", e);
        }
    }

    private static String part(Map<String, Object> object) {
        try {
            return BASE64.encodeToString(JSON.writeValueAsBytes(object));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Text and numbers are JSON", e);
        }
    }
}
