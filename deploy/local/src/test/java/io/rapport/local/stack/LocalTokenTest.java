package io.rapport.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTokenTest {
    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @TempDir private Path root;
    private LocalFolder folder;

    @BeforeEach
    void prepare() {
        folder = new LocalFolder(root, root.resolve(".rapport"));
        folder.prepare();
    }

    @Test
    void a_token_says_who_for_whom_and_how_long() throws IOException {
        String token =
                new LocalToken(Set.of("partner"), "shop-1", List.of("shop"))
                        .signed(LocalSecrets.openOrCreate(folder), NOON);
        JsonNode claims =
                new JsonMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        assertThat(claims.path("iss").asText()).isEqualTo("https://rapport.local");
        assertThat(claims.path("aud").asText()).isEqualTo("rapport");
        assertThat(claims.path("sub").asText()).isEqualTo("shop-1");
        assertThat(claims.at("/realm_access/roles/0").asText()).isEqualTo("partner");
        assertThat(claims.at("/sources/0").asText()).isEqualTo("shop");
        assertThat(Instant.ofEpochSecond(claims.path("exp").asLong()))
                .isEqualTo("2026-11-22T00:00:00Z");
    }

    @Test
    void a_token_is_signed_with_the_key_that_the_services_get()
            throws IOException, GeneralSecurityException {
        LocalSecrets secrets = LocalSecrets.openOrCreate(folder);
        String[] parts =
                new LocalToken(Set.of("agent"), "a", List.of()).signed(secrets, NOON).split("\\.");
        Signature check = Signature.getInstance("SHA256withRSA");
        check.initVerify(
                KeyFactory.getInstance("RSA")
                        .generatePublic(
                                new X509EncodedKeySpec(
                                        Base64.getDecoder().decode(secrets.publicKey()))));
        check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void secrets_stay_the_same_and_only_their_owner_can_read_them() throws IOException {
        LocalSecrets first = LocalSecrets.openOrCreate(folder);
        LocalSecrets second = LocalSecrets.openOrCreate(folder);
        assertThat(second.publicKey()).isEqualTo(first.publicKey());
        assertThat(second.databasePassword("customer_app"))
                .isEqualTo(first.databasePassword("customer_app"))
                .isNotEqualTo(first.databasePassword("customer_owner"));
        try (Stream<Path> keys = Files.list(folder.keys())) {
            assertThat(keys.map(LocalTokenTest::permissions)).containsOnly("rw-------");
        }
    }

    @Test
    void a_role_that_is_none_is_refused() {
        assertThatThrownBy(() -> new LocalToken(Set.of("root"), "a", List.of()))
                .hasMessage(
                        "There is no role root: the roles are admin, agent, customer, manager, partner.");
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
