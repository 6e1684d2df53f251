package io.rapport.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A service with another key than the one that erased identities are kept by does not start. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ErasedIdentityKeyTest {

    private static final int REPLICAS = 8;
    private static final String KEPT = "SELECT check_hmac FROM erased_identity_key";

    private final Databases database = Databases.asOwner();

    @Inject Jdbi jdbi;
    @Inject ErasedHashes hashes;

    private ErasedIdentityKey withKey(String key) {
        return new ErasedIdentityKey(jdbi, new ErasedHashes(() -> key));
    }

    @Test
    void the_key_of_the_first_start_is_kept_as_a_hash() throws Exception {
        assertThat(database.rows(KEPT)).isEqualTo(List.of(Map.of("check_hmac", hashes.check())));
        new ErasedIdentityKey(jdbi, hashes).require();
        assertThat(database.rows(KEPT)).hasSize(1);
    }

    @Test
    void another_key_is_refused_by_a_line_that_names_the_setting_and_no_key() {
        String other = "another key of tests, which is long enough";
        assertThatThrownBy(() -> withKey(other).require())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("rapport.erased-identities.key")
                .hasMessageContaining("docs/operations/erasure.md")
                .message()
                .doesNotContain(other)
                .doesNotContain("\n");
    }

    @Test
    void the_service_can_change_nothing_of_it() {
        for (String sql :
                List.of(
                        "UPDATE erased_identity_key SET check_hmac = check_hmac",
                        "DELETE FROM erased_identity_key")) {
            assertThatThrownBy(() -> Databases.asApplication().execute(sql))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    /** The primary key: of replicas with two keys that start first at once, one key's start. */
    @RepeatedTest(3)
    void of_those_who_start_first_one_decides() throws Exception {
        database.execute("DELETE FROM erased_identity_key");
        try {
            List<Boolean> started =
                    AtOnce.run(
                            REPLICAS,
                            n -> {
                                try {
                                    withKey("key of tests number %d, long enough".formatted(n % 2))
                                            .require();
                                    return true;
                                } catch (ConfigurationException e) {
                                    return false;
                                }
                            });

            assertThat(started.stream().filter(one -> one)).hasSize(REPLICAS / 2);
            assertThat(database.rows(KEPT)).hasSize(1);
        } finally {
            database.execute("DELETE FROM erased_identity_key");
            new ErasedIdentityKey(jdbi, hashes).require();
        }
    }
}
