package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ConsumersTest {

    @Inject Consumers consumers;
    @Inject Jdbi jdbi;

    @Test
    void a_projection_that_no_migration_gave_a_row_lets_nothing_start() {
        QuarkusTransaction.begin();
        try {
            jdbi.useHandle(h -> h.execute("DELETE FROM projection WHERE name = 'total'"));
            assertThatThrownBy(() -> consumers.start(new StartupEvent()))
                    .message()
                    .hasLineCount(1)
                    .contains("projection total", "A migration has to add it");
        } finally {
            QuarkusTransaction.rollback();
        }
    }
}
