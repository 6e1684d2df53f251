package io.rapport.customer.erasure;

import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.erasure.ErasureApi.erase;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Nobody else erases meanwhile; other tests may have left erasures that nobody confirms. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ErasureMetricsTest {

    private static final double TEN_YEARS = 10 * 365.25 * 24 * 3600;

    @Inject ErasureMetrics erasures;
    @Inject MeterRegistry metrics;

    @Test
    void an_erasure_is_counted_with_its_age_until_all_services_have_confirmed_it()
            throws SQLException {
        double before = read("rapport.erasures.running");
        UUID erasure = UUID.fromString(erase(registered("{}")).path("id"));
        update("requested_at = now() - interval '10 years'", erasure);

        assertThat(read("rapport.erasures.running")).isEqualTo(before + 1);
        assertThat(read("rapport.erasures.oldest.age.seconds"))
                .isBetween(TEN_YEARS - 3 * 24 * 3600, TEN_YEARS + 3 * 24 * 3600);

        update("completed_at = now()", erasure);
        assertThat(read("rapport.erasures.running")).isEqualTo(before);
        assertThat(read("rapport.erasures.oldest.age.seconds")).isLessThan(TEN_YEARS / 2);
    }

    private double read(String name) {
        erasures.read();
        return metrics.get(name).gauge().value();
    }

    private static void update(String change, UUID erasure) throws SQLException {
        Databases.asOwner().execute("UPDATE erasure SET " + change + " WHERE id = ?", erasure);
    }
}
