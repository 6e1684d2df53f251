package io.rapport.platform.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Only an access token of our provider, for us, now, with the right role, opens an endpoint. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class TokensOverHttpTest {

    @Path("/who")
    @RunOnVirtualThread
    @RolesAllowed({Roles.AGENT, Roles.PARTNER})
    public static class WhoResource {

        private final SecurityIdentity identity;
        private final Caller caller;

        WhoResource(SecurityIdentity identity, Caller caller) {
            this.identity = identity;
            this.caller = caller;
        }

        public record Who(String issuer, String subject, Set<String> roles) {}

        @GET
        public Who who() {
            JsonWebToken token = (JsonWebToken) identity.getPrincipal();
            return new Who(token.getIssuer(), token.getSubject(), identity.getRoles());
        }

        @GET
        @Path("/source")
        public Map<String, Boolean> source(@QueryParam("name") String name) {
            return Map.of("mine", caller.speaksFor(name));
        }
    }

    @Test
    void the_caller_is_what_the_token_says() {
        given().auth()
                .oauth2(Tokens.partner("shop", "card"))
                .get("/who")
                .then()
                .statusCode(200)
                .body("issuer", equalTo(Tokens.ISSUER))
                .body("subject", equalTo("partner-1"))
                .body("roles", equalTo(List.of("partner")));
    }

    @Test
    void a_partner_speaks_for_its_own_sources_only() {
        assertSpeaksFor("shop", Tokens.partner("card", "shop"), true);
        assertSpeaksFor("shop", Tokens.partner("card"), false);
        assertSpeaksFor("shop", Tokens.partner(), false);
        assertSpeaksFor("login", Tokens.partner("login", "shop"), false);
        assertSpeaksFor("shop", Tokens.agent(), true);
        assertSpeaksFor(
                "shop", Tokens.builder().roles("partner", "agent").subject("a").sign(), true);
    }

    private static void assertSpeaksFor(String source, String token, boolean mine) {
        given().auth()
                .oauth2(token)
                .get("/who/source?name=" + source)
                .then()
                .statusCode(200)
                .body("mine", equalTo(mine));
    }

    static Stream<Map.Entry<String, String>> notAccepted() {
        return wrong(TokensOverHttpTest::agent).entrySet().stream();
    }

    /** Each a good token but for what its name says. */
    static Map<String, String> wrong(Supplier<Tokens.Builder> good) {
        long now = Clock.systemUTC().instant().getEpochSecond();
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("garbage", "garbage");
        tokens.put("three parts of garbage", "a.b.c");
        tokens.put("unsigned", good.get().unsigned());
        tokens.put("signed by a stranger", good.get().signByStranger());
        tokens.put("signed with the public key as secret", good.get().signWithPublicKeyAsSecret());
        tokens.put("expired", good.get().expired().sign());
        tokens.put("not yet valid", good.get().claim("nbf", now + 600).sign());
        tokens.put("without an end", good.get().without("exp").sign());
        tokens.put("for another audience", good.get().audience("shop").sign());
        tokens.put("for no audience", good.get().without("aud").sign());
        tokens.put("of another issuer", good.get().issuer("https://evil.example").sign());
        tokens.put("of no issuer", good.get().without("iss").sign());
        tokens.put("of nobody", good.get().without("sub").sign());
        tokens.put("an ID token", good.get().claim("typ", "ID").sign());
        tokens.put("an ID token without a mark", good.get().claim("nonce", "n").sign());
        tokens.put("a refresh token", good.get().claim("typ", "Refresh").sign());
        return tokens;
    }

    @ParameterizedTest
    @MethodSource("notAccepted")
    void anything_else_is_unauthenticated(Map.Entry<String, String> token) {
        unauthenticated(given().auth().oauth2(token.getValue()).get("/who"), token.getKey());
    }

    static void unauthenticated(Response answer, String what) {
        assertThat(answer.statusCode()).as(what).isEqualTo(401);
        answer.then()
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"))
                .header("Cache-Control", "no-store")
                .body("code", equalTo("unauthenticated"));
    }

    @Test
    void no_token_is_unauthenticated() {
        given().get("/who")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", equalTo("Bearer"));
    }

    @Test
    void a_token_that_keycloak_marks_as_access_is_accepted() {
        given().auth()
                .oauth2(agent().claim("typ", "Bearer").sign())
                .get("/who")
                .then()
                .statusCode(200);
    }

    @Test
    void a_token_of_another_role_or_of_none_is_forbidden() {
        for (String token :
                List.of(Tokens.customer("c-1"), Tokens.manager(), Tokens.builder().sign())) {
            given().auth()
                    .oauth2(token)
                    .get("/who")
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json")
                    .body("code", equalTo("forbidden"));
        }
    }

    private static Tokens.Builder agent() {
        return Tokens.builder().roles("agent").subject("agent-7");
    }
}
