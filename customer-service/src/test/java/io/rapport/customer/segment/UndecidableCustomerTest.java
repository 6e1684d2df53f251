package io.rapport.customer.segment;

import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.segment.SegmentsApi.both;
import static io.rapport.customer.segment.SegmentsApi.compare;
import static io.rapport.customer.segment.SegmentsApi.made;
import static io.rapport.customer.segment.SegmentsApi.memberIds;
import static io.rapport.customer.segment.SegmentsApi.newKey;
import static io.rapport.customer.segment.SegmentsApi.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.timer.Timers;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Nobody waits for customers who cannot be decided. As a fault of ours would, their time zone,
 * which nobody can tell us, stops each decision that reads it.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class UndecidableCustomerTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Inject Clock clock;
    @Inject Timers timers;

    private final Databases database = Databases.asOwner();
    private final String tag = newKey();
    private String old;

    /** Its members by time, so that the time zone is read, and by what other services tell. */
    @BeforeEach
    void begin() {
        old =
                made(
                        both(
                                tagged(tag),
                                "{\"any\": [%s, %s]}"
                                        .formatted(
                                                compare("createdAt", "OLDER_THAN", "[\"P60D\"]"),
                                                compare("interactions.count", "AT_LEAST", "[1]"))));
    }

    @AfterEach
    void mend() throws Exception {
        database.execute("UPDATE customer SET time_zone = NULL WHERE time_zone = 'Not/There'");
        database.execute("UPDATE segment_mark SET not_before = NULL");
        database.execute("UPDATE timer SET not_before = NULL WHERE kind = 'segment-due'");
    }

    /** In the segment as soon as it is decided about it again. */
    private UUID customer() throws SQLException {
        UUID customer = registered("{\"tags\": [\"%s\"]}".formatted(tag));
        database.execute(
                "UPDATE customer SET created_at = created_at - interval '90 days' WHERE id = ?",
                customer);
        return customer;
    }

    private UUID undecidable() throws SQLException {
        UUID customer = customer();
        database.execute("UPDATE customer SET time_zone = 'Not/There' WHERE id = ?", customer);
        return customer;
    }

    /** Of those who are due together the first is put off with it, once; the others are not. */
    @Test
    void no_timer_waits_for_one() throws Exception {
        UUID first = customer();
        UUID second = customer();
        UUID faulty = undecidable();
        Instant due = clock.instant().minusSeconds(10);
        QuarkusTransaction.requiringNew()
                .run(
                        () -> {
                            timers.set(SegmentTimer.KIND, first, due);
                            timers.set(SegmentTimer.KIND, second, due.plusSeconds(1));
                            timers.set(SegmentTimer.KIND, faulty, due.plusSeconds(2));
                        });

        await().atMost(LIMIT).until(() -> isPutOff("timer", "subject", faulty));
        assertThat(memberIds(old)).contains(second.toString());
        await().atMost(LIMIT).until(() -> memberIds(old).contains(first.toString()));
        assertThat(memberIds(old)).doesNotContain(faulty.toString());
        mend();
        await().atMost(LIMIT).until(() -> memberIds(old).contains(faulty.toString()));
    }

    /**
     * The pause of the first of them is over before a rest after each would have come to the last.
     */
    @Test
    void no_mark_waits_for_many() throws Exception {
        List<UUID> faulty = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            faulty.add(undecidable());
        }
        UUID ada = customer();
        for (UUID customer : faulty) {
            mark(customer);
        }
        mark(ada);

        await().atMost(LIMIT).until(() -> memberIds(old).contains(ada.toString()));
        assertThat(memberIds(old)).containsExactly(ada.toString());
        mend();
        await().atMost(LIMIT).until(() -> memberIds(old).size() == 16);
    }

    private void mark(UUID customer) throws SQLException {
        database.execute("INSERT INTO segment_mark (customer_id) VALUES (?)", customer);
    }

    private boolean isPutOff(String table, String column, UUID customer) throws SQLException {
        return database.number(
                        "SELECT count(*) FROM %s WHERE not_before IS NOT NULL AND %s = ?"
                                .formatted(table, column),
                        customer)
                > 0;
    }
}
