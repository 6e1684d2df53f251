package io.rapport.interaction.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class PromiseMetricsTest {

    private static final double TEN_DAYS = 10 * 24 * 3600;

    @Inject PromiseMetrics promises;
    @Inject MeterRegistry metrics;

    private final Databases database = Databases.asOwner();

    /** As one whose timer failed, and is left alone for a while. */
    @Test
    void what_waits_for_its_timer_is_told_by_its_age_and_what_is_still_open_is_not()
            throws SQLException {
        UUID waiting = Ids.next();
        set(waiting, "-10 days");
        assertThat(read()).isBetween(TEN_DAYS, TEN_DAYS + 60);

        database.execute("DELETE FROM timer WHERE subject = ?", waiting);
        UUID open = Ids.next();
        set(open, "10 days");
        assertThat(read()).isBetween(0.0, 60.0);
        database.execute("DELETE FROM timer WHERE subject = ?", open);
    }

    private void set(UUID subject, String due) throws SQLException {
        database.execute(
                """
                INSERT INTO timer (kind, subject, due, not_before)
                VALUES ('promise-due', ?, now() + CAST(? AS interval), now() + interval '1 day')""",
                subject,
                due);
    }

    private double read() {
        promises.read();
        return metrics.get("rapport.promises.late.seconds").gauge().value();
    }
}
