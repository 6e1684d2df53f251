package io.rapport.platform.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.http.ProblemsOverHttpTest;
import io.rapport.platform.testing.IdentityProvider;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A service that checks tokens by its provider, as in production, starts and goes on without it.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
@QuarkusTestResource(value = SilentProvider.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProviderTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    /** Given by {@link SilentProvider}. */
    @SuppressWarnings("NullAway.Init")
    private ServerSocket silence;

    @SuppressWarnings("NullAway.Init")
    private IdentityProvider provider;

    @BeforeEach
    void provider() {
        provider = new IdentityProvider(silence.getLocalPort());
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    @Order(1)
    void a_provider_that_is_away_at_the_start_is_found_when_it_comes() throws IOException {
        unavailable(who(agent()));
        silence.close();
        unavailable(who(agent()));

        provider.open();

        await().atMost(SOON).until(() -> who(agent()).statusCode() == 200);
    }

    @Test
    @Order(2)
    void a_new_key_is_asked_for_and_one_that_is_withdrawn_is_refused() throws IOException {
        open();
        Tokens.Builder withdrawn = unseen();
        provider.rotate();

        await().atMost(SOON).until(() -> who(agent()).statusCode() == 200);
        TokensOverHttpTest.unauthenticated(who(withdrawn), "of a key that was withdrawn");
    }

    @Test
    @Order(3)
    void a_key_that_changes_while_the_provider_is_away_is_taken_when_it_is_back()
            throws IOException {
        open();
        Tokens.Builder known = unseen();
        provider.close();
        provider.rotate();

        await().atMost(SOON).untilAsserted(() -> unavailable(who(agent())));
        assertThat(who(known).statusCode()).isEqualTo(200);

        provider.open();

        await().atMost(SOON).until(() -> who(agent()).statusCode() == 200);
    }

    @Test
    @Order(4)
    void tokens_that_are_wrong_are_refused_and_nobody_else_is_asked() throws IOException {
        open();
        try (IdentityProvider stranger = new IdentityProvider(0)) {
            stranger.open();
            Map<String, String> tokens = new LinkedHashMap<>(TokensOverHttpTest.wrong(this::agent));
            tokens.put("of an unknown key", strange(stranger).sign());
            tokens.put(
                    "that brings its key", strange(stranger).header("jwk", stranger.key()).sign());
            tokens.put(
                    "that tells where its key is",
                    strange(stranger).header("jku", stranger.keysUrl()).sign());
            tokens.put(
                    "that brings its key under an id that is known",
                    strange(stranger)
                            .header("kid", provider.keyId())
                            .header("jwk", stranger.key())
                            .sign());
            tokens.put(
                    "that tells where its key is under an id that is known",
                    strange(stranger)
                            .header("kid", provider.keyId())
                            .header("jku", stranger.keysUrl())
                            .sign());
            tokens.put("without the id of a key", localAgent().issuer(provider.url()).sign());
            tokens.put("of the key of tests", localAgent().sign());

            tokens.forEach((what, token) -> TokensOverHttpTest.unauthenticated(who(token), what));

            assertThat(stranger.keySets()).isZero();
        }
        assertThat(provider.introspections()).isZero();
    }

    private void open() throws IOException {
        provider.open();
        await().atMost(SOON).until(() -> who(agent()).statusCode() == 200);
    }

    private Tokens.Builder agent() {
        return provider.token().roles("agent").subject("agent-7");
    }

    /** Not remembered from a call before. */
    private Tokens.Builder unseen() {
        return agent().claim("jti", UUID.randomUUID().toString());
    }

    private Tokens.Builder strange(IdentityProvider stranger) {
        return stranger.token().issuer(provider.url()).roles("agent").subject("agent-7");
    }

    private static Tokens.Builder localAgent() {
        return Tokens.builder().roles("agent").subject("agent-7");
    }

    private static Response who(Tokens.Builder token) {
        return who(token.sign());
    }

    private static Response who(String token) {
        return given().auth().oauth2(token).get("/who");
    }

    private static void unavailable(Response answer) {
        ProblemsOverHttpTest.problem(answer, 503, "identity-provider-unavailable")
                .header("Retry-After", "2");
    }
}
