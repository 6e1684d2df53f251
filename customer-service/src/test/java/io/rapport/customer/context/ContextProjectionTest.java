package io.rapport.customer.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Cause;
import io.rapport.platform.event.ProjectionTable;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Batches;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.FoldedRows;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fold itself, on the real tables: how events are cut into batches and how topics interleave
 * changes nothing.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ContextProjectionTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> TABLES =
            List.of(
                    "context_interaction",
                    "context_amount",
                    "context_contact",
                    "context_loyalty",
                    "context_feedback");
    // Generations that nobody reads.
    private static final int ONE = 9_001;
    private static final int OTHER = 9_002;

    @Inject ContextProjection projection;
    @Inject Jdbi jdbi;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void however_batches_are_cut_and_topics_interleave_the_rows_are_equal(long seed) {
        List<UUID> customers = List.of(Ids.next(), Ids.next(), Ids.next());
        List<ReceivedEvent> history = history(customers);

        history.forEach(event -> fold(ONE, List.of(event)));
        Batches.of(history, new Random(seed)).forEach(batch -> fold(OTHER, batch));

        assertThat(FoldedRows.of(jdbi, projection, ONE, customers))
                .isEqualTo(FoldedRows.of(jdbi, projection, OTHER, customers));
        for (ProjectionTable table : projection.tables()) {
            assertThat(FoldedRows.of(jdbi, projection, ONE, customers))
                    .anyMatch(row -> row.startsWith(table.name()));
        }
    }

    @Test
    void sums_never_mix_currencies_and_keep_every_decimal() throws Exception {
        UUID customer = Ids.next();
        fold(
                List.of(
                        purchase(customer, 1, "PURCHASE", "0.10", "GBP"),
                        purchase(customer, 2, "PURCHASE", "0.20", "GBP"),
                        purchase(customer, 3, "PURCHASE", "999999999999999.99", "GBP"),
                        purchase(customer, 4, "PURCHASE", "500", "JPY"),
                        purchase(customer, 5, "PURCHASE", "1.255", "KWD"),
                        purchase(customer, 6, "CANCELLATION", "-0.10", "GBP")));
        fold(List.of(purchase(customer, 7, "PURCHASE", "999999999999999.99", "GBP")));

        assertThat(
                        Databases.asOwner()
                                .rows(
                                        """
                                        SELECT kind || ' ' || currency || ' ' || count || ' ' || sum AS line
                                        FROM context_amount WHERE customer_id = ? ORDER BY kind, currency
                                        """,
                                        customer))
                .extracting(row -> row.get("line"))
                .containsExactly(
                        "CANCELLATION GBP 1 -0.10",
                        "PURCHASE GBP 4 2000000000000000.28",
                        "PURCHASE JPY 1 500",
                        "PURCHASE KWD 1 1.255");
    }

    @Test
    void what_customers_told_changes_no_figure() throws Exception {
        UUID customer = Ids.next();
        fold(List.of(purchase(customer, 1, "PURCHASE", "12.50", "GBP"), visit(customer, 2, 5)));
        Map<String, String> before = rows(customer);
        List<String> facts =
                List.of(
                        "interaction.fact-told.v1",
                        "interaction.context-repeated.v1",
                        "interaction.fact-forgotten.v1");

        for (String type : facts) {
            int sequence = facts.indexOf(type) + 3;
            fold(List.of(event(Topic.INTERACTIONS, customer, sequence, type, Samples.of(type))));
        }

        assertThat(rows(customer)).isEqualTo(before);
    }

    /** A correction never tells another amount, type, channel, direction or time. */
    @Test
    void a_correction_changes_no_figure() throws Exception {
        UUID customer = Ids.next();
        fold(List.of(purchase(customer, 1, "PURCHASE", "12.50", "GBP"), visit(customer, 2, 5)));
        Map<String, String> before = rows(customer);

        fold(
                List.of(
                        event(
                                Topic.INTERACTIONS,
                                customer,
                                3,
                                "interaction.corrected.v1",
                                Samples.of("interaction.corrected.v1"))));

        assertThat(rows(customer)).isEqualTo(before);
    }

    @Test
    void first_and_last_are_by_the_time_it_happened() throws Exception {
        UUID customer = Ids.next();
        fold(List.of(visit(customer, 1, 5), visit(customer, 2, 2), visit(customer, 3, 9)));
        fold(List.of(visit(customer, 4, 1), visit(customer, 5, 7)));

        assertThat(
                        Databases.asOwner()
                                .number(
                                        """
                                        SELECT count(*) FROM context_interaction WHERE customer_id = ? AND count = 5
                                        AND first_at = '2026-01-01T00:00:01Z' AND last_at = '2026-01-01T00:00:09Z'
                                        """,
                                        customer))
                .isEqualTo(1);
    }

    @Test
    void the_first_points_tell_the_lowest_tier_too() throws Exception {
        UUID customer = Ids.next();
        String points = "{\"balance\": 7, \"programme\": \"default\", \"tier\": \"BASE\"}";
        fold(List.of(event(Topic.LOYALTY, customer, 1, "loyalty.points-earned.v1", points)));

        assertThat(rows(customer).get("context_loyalty"))
                .isEqualTo("[{programme=default, balance=7, tier=BASE}]");
    }

    @Test
    void a_tier_that_is_told_before_any_points_waits_for_them() throws Exception {
        UUID customer = Ids.next();
        fold(List.of(event(Topic.LOYALTY, customer, 1, "loyalty.tier-changed.v1", tier("SILVER"))));
        fold(List.of(event(Topic.LOYALTY, customer, 2, "loyalty.points-earned.v1", points(7))));

        assertThat(rows(customer).get("context_loyalty"))
                .isEqualTo("[{programme=default, balance=7, tier=SILVER}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INTERACTIONS | interaction.recorded.v1    | {}",
                "INTERACTIONS | interaction.recorded.v1    | {\"type\": \"PURCHASE\", \"amount\": {\"amount\": \"x\", \"currency\": \"GBP\"}}",
                "INTERACTIONS | interaction.recorded.v1    | not JSON",
                "LOYALTY      | loyalty.points-earned.v1   | {\"programme\": \"default\"}",
                "LOYALTY      | loyalty.points-reversed.v1 | {\"balance\": 3}",
                "LOYALTY      | loyalty.tier-changed.v1    | {\"programme\": \"default\"}",
                "FEEDBACK     | feedback.received.v1       | {\"rating\": 9}",
                "FEEDBACK     | feedback.received.v1       | {\"metric\": \"NPS\"}",
            })
    void what_cannot_be_read_is_refused_and_nothing_is_written(
            Topic topic, String type, String payload) throws Exception {
        UUID customer = Ids.next();

        assertThatThrownBy(
                        () ->
                                fold(
                                        List.of(
                                                visit(customer, 1, 1),
                                                event(topic, customer, 2, type, payload))))
                .isInstanceOf(Refusal.class);

        assertThat(rows(customer).values()).containsOnly("[]");
    }

    private void fold(List<ReceivedEvent> events) {
        fold(live(), events);
    }

    private void fold(int generation, List<ReceivedEvent> events) {
        QuarkusTransaction.requiringNew().run(() -> projection.fold(generation, events));
    }

    private int live() {
        return jdbi.withHandle(
                handle ->
                        handle.select(
                                        "SELECT live FROM projection WHERE name = ?",
                                        projection.name())
                                .mapTo(Integer.class)
                                .one());
    }

    private static List<ReceivedEvent> history(List<UUID> customers) {
        List<ReceivedEvent> events = new ArrayList<>();
        for (int i = 0; i < customers.size(); i++) {
            UUID customer = customers.get(i);
            for (int n = 1; n <= 12; n++) {
                String kind = n % 4 == 0 ? "CANCELLATION" : "PURCHASE";
                String amount = (n % 4 == 0 ? "-" : "") + (n + i) + ".25";
                events.add(purchase(customer, n, kind, amount, n % 3 == 0 ? "EUR" : "GBP"));
                events.add(
                        event(
                                Topic.LOYALTY,
                                customer,
                                n,
                                "loyalty.points-earned.v1",
                                points(n * 10 + i)));
                events.add(
                        event(
                                Topic.FEEDBACK,
                                customer,
                                n,
                                "feedback.received.v1",
                                "{\"metric\": \"%s\", \"rating\": %d}"
                                        .formatted(n % 2 == 0 ? "NPS" : "CSAT", n % 6)));
            }
            events.add(
                    event(Topic.LOYALTY, customer, 13, "loyalty.tier-changed.v1", tier("SILVER")));
            events.add(event(Topic.LOYALTY, customer, 14, "loyalty.tier-changed.v1", tier("GOLD")));
        }
        return events;
    }

    private static ReceivedEvent purchase(
            UUID customer, int n, String kind, String amount, String currency) {
        return event(
                Topic.INTERACTIONS,
                customer,
                n,
                "interaction.recorded.v1",
                """
                {"type": "%s", "channel": "WEB", "direction": "%s",
                 "amount": {"amount": "%s", "currency": "%s"}}"""
                        .formatted(kind, n % 2 == 0 ? "OUTBOUND" : "INBOUND", amount, currency));
    }

    private static ReceivedEvent visit(UUID customer, int sequence, int second) {
        return new ReceivedEvent(
                Topic.INTERACTIONS,
                Ids.next(),
                "interaction.recorded.v1",
                customer,
                BEGIN.plusSeconds(second),
                sequence,
                new Cause("test", null, 0, null),
                "{\"type\": \"VISIT\"}");
    }

    private static ReceivedEvent event(
            Topic topic, UUID customer, int sequence, String type, String payload) {
        return new ReceivedEvent(
                topic,
                Ids.next(),
                type,
                customer,
                BEGIN.plusSeconds(sequence),
                sequence,
                new Cause("test", null, 0, null),
                payload);
    }

    private static String points(int balance) {
        return "{\"balance\": %d, \"programme\": \"default\"}".formatted(balance);
    }

    private static String tier(String to) {
        return "{\"to\": \"%s\", \"programme\": \"default\"}".formatted(to);
    }

    /** All that the context tables hold of a customer, without its id. */
    private static Map<String, String> rows(UUID customer) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        for (String table : TABLES) {
            List<String> lines = new ArrayList<>();
            for (Map<String, Object> row :
                    Databases.asOwner()
                            .rows(
                                    "SELECT * FROM "
                                            + table
                                            + " WHERE customer_id = ? ORDER BY 2, 3",
                                    customer)) {
                row.remove("customer_id");
                lines.add(row.toString());
            }
            rows.put(table, lines.toString());
        }
        return rows;
    }
}
