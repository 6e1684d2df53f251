package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Settings;
import io.rapport.platform.testing.SuiteResource;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ConsumersTest {

    @Inject Consumers consumers;
    @Inject Jdbi jdbi;
    @Inject @Any Instance<Projection> projections;
    @Inject Generations generations;
    @Inject Installation installation;
    @Inject ConsumerConfiguration config;
    @Inject EventInbox inbox;
    @Inject GapCloser gapCloser;
    @Inject ConsumerPositions positions;
    @Inject TopicCheck topicCheck;
    @Inject Clock clock;

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

    /** The group would take a member that looks so seldom for a dead one. */
    @Test
    void looks_that_are_a_session_apart_let_nothing_start() {
        Consumers slow = with(config.session().minus(config.poll()));

        assertThatThrownBy(() -> slow.start(new StartupEvent()))
                .message()
                .hasLineCount(1)
                .contains("rapport.consumer.pace", "rapport.consumer.session", "shorten the pace");
        assertThat(slow.loops()).isEmpty();
    }

    private Consumers with(Duration pace) {
        return new Consumers(
                projections,
                generations,
                installation,
                Settings.with(ConsumerConfiguration.class, config, Map.of("pace", pace)),
                inbox,
                gapCloser,
                positions,
                topicCheck,
                clock);
    }
}
