package io.rapport.loyalty;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Alarms;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class AlarmsTest {

    @Inject MeterRegistry metrics;

    @Test
    void what_operators_watch_is_measured() {
        Alarms.verify(metrics, "directory", "earning");
    }
}
