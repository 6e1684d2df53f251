package io.rapport.interaction.fact;

import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.fact.FactsApi.KEY;
import static io.rapport.interaction.fact.FactsApi.SOON;
import static io.rapport.interaction.fact.FactsApi.interaction;
import static io.rapport.interaction.fact.FactsApi.stated;
import static io.rapport.interaction.fact.FactsApi.tell;
import static io.rapport.interaction.fact.FactsApi.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.interaction.type.VocabularyApi;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What customers have to say twice, each test with a team of its own. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class RepetitionReportTest {

    private static final String PATH = "/interactions/reports/repetition";
    private static final Instant DAY = Instant.parse("2026-11-20T10:00:00Z");

    private final String team = "team-" + UUID.randomUUID();

    @Test
    void each_occasion_is_counted_once_and_those_that_were_repeated() {
        List<Customer> five = customers(5);
        five.forEach(one -> told(served(one, DAY), KEY, "Four"));
        figures()
                .then()
                .statusCode(200)
                .body("items.key", contains(KEY))
                .body("items.channel", contains("WEB"))
                .body("items.team", contains(team))
                .body("items.occasions", contains(5))
                .body("items.repeated", contains(0))
                .body("items.repeatedShare", contains(0.0f));

        told(served(five.get(0), DAY.plusSeconds(60)), KEY, "Four");
        told(served(five.get(1), DAY.plusSeconds(60)), KEY, "Five");
        String again = served(five.get(2), DAY.plusSeconds(60));
        asked(five.get(2), again);
        asked(five.get(2), again);
        told(again, KEY, "Four");
        // Nobody said anything: it is no occasion.
        tell(
                        served(five.get(3), DAY.plusSeconds(60)),
                        with(stated(KEY, "Six"), "learnt", "OBSERVED"))
                .then()
                .statusCode(201);

        figures()
                .then()
                .body("items.occasions", contains(8))
                .body("items.repeated", contains(2))
                .body("items.repeatedShare", contains(0.25f));
    }

    @Test
    void what_no_team_served_stands_without_one() {
        String key = VocabularyApi.newSlug();
        VocabularyApi.make(
                        "fact-keys",
                        key,
                        "{\"label\": \"A key\", \"topic\": \"test\", \"kind\": \"NEED\", \"validity\": \"P1Y\"}")
                .then()
                .statusCode(201);
        customers(5).forEach(one -> told(interaction(one, DAY), key, "Four"));

        manager()
                .queryParam("from", "2026-11-20")
                .queryParam("to", "2026-11-21")
                .queryParam("key", key)
                .get(PATH)
                .then()
                .statusCode(200)
                .body("items.occasions", contains(5))
                .body("items[0]", not(hasKey("team")));
    }

    @Test
    void figures_of_fewer_than_five_customers_are_not_shown_however_often_they_repeat() {
        List<Customer> four = customers(4);
        for (int i = 0; i < 3; i++) {
            Instant at = DAY.plusSeconds(i);
            four.forEach(one -> told(served(one, at), KEY, "Four"));
        }
        figures().then().statusCode(200).body("items", empty());

        customers(1).forEach(one -> told(served(one, DAY), KEY, "Four"));
        figures().then().body("items.occasions", contains(13)).body("items.repeated", contains(8));
    }

    @Test
    void customers_who_were_merged_are_one_customer() {
        List<Customer> five = customers(5);
        five.forEach(one -> told(served(one, DAY), KEY, "Four"));
        figures().then().body("items.occasions", contains(5));
        try (Events events = Events.ofSuite()) {
            events.sendMerge(five.getFirst().id(), 2, five.getLast().id());
            await().atMost(SOON).until(() -> figures().<List<?>>path("items").isEmpty());

            events.sendSample(Topic.CUSTOMERS, five.getFirst().id(), 3, "customer.unmerged.v1");
            await().atMost(SOON).until(() -> figures().<List<?>>path("items").size() == 1);
        }
    }

    /** Four who have rows on every day of the longest window are still four. */
    @Test
    void a_few_customers_on_many_days_are_few() throws SQLException {
        counted("four", 4, 365);
        counted("five", 5, 1);

        window("2024-01-01", "2025-01-01")
                .then()
                .statusCode(200)
                .body("items.key", contains("five"));
    }

    @Test
    void pages_show_each_figure_once_and_leave_out_what_is_not_shown() throws SQLException {
        for (int i = 0; i < 7; i++) {
            counted("key" + i, i % 3 == 2 ? 4 : 5, 2);
        }

        List<String> keys = new ArrayList<>();
        String next = null;
        do {
            RequestSpecification request =
                    manager()
                            .queryParam("from", "2024-01-01")
                            .queryParam("to", "2024-02-01")
                            .queryParam("team", team)
                            .queryParam("limit", 2);
            Response page = (next == null ? request : request.queryParam("after", next)).get(PATH);
            keys.addAll(page.path("items.key"));
            next = page.path("next");
        } while (next != null);
        assertThat(keys).containsExactly("key0", "key1", "key3", "key4", "key6");
    }

    /** The row of repetition_count: each adds to what the others have added. */
    @Test
    void what_is_told_at_once_is_counted_all_the_same() {
        List<Customer> customers = customers(8);

        AtOnce.run(
                8,
                caller -> {
                    for (int i = 0; i < 4; i++) {
                        told(served(customers.get(caller), DAY.plusSeconds(i)), KEY, "Four");
                    }
                    return caller;
                });

        figures().then().body("items.occasions", contains(32)).body("items.repeated", contains(24));
    }

    @Test
    void it_is_counted_on_the_day_of_the_interaction_and_filtered_by_key_and_channel() {
        customers(5).forEach(one -> told(served(one, DAY), KEY, "Four"));

        window("2026-11-20", "2026-11-21").then().body("items.occasions", contains(5));
        window("2026-11-19", "2026-11-20").then().body("items", empty());
        window("2026-11-21", "2026-11-22").then().body("items", empty());
        for (String other : List.of("key=size", "channel=PHONE")) {
            String[] parts = other.split("=", 2);
            manager()
                    .queryParam("from", "2026-11-20")
                    .queryParam("to", "2026-11-21")
                    .queryParam("team", team)
                    .queryParam(parts[0], parts[1])
                    .get(PATH)
                    .then()
                    .statusCode(200)
                    .body("items", empty());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "from, 2026-11-20",
        "to,   2026-02-30",
        "from, soon",
    })
    void a_window_that_is_none_is_refused(String parameter, String day) {
        manager()
                .queryParam(parameter.equals("from") ? "to" : "from", "2026-11-20")
                .queryParam(parameter, day)
                .get(PATH)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-filter"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key=A key", "channel=By phone", "team=Our Team"})
    void a_filter_that_can_be_none_is_refused(String filter) {
        String[] parts = filter.split("=", 2);
        manager()
                .queryParam(parts[0], parts[1])
                .get(PATH)
                .then()
                .statusCode(400)
                .body("errors.parameter", hasItem(parts[0]));
    }

    @Test
    void managers_and_admins_read_it_and_nobody_else() {
        for (String token : List.of(Tokens.manager(), Tokens.admin())) {
            as(token).get(PATH).then().statusCode(200);
        }
        for (String token :
                List.of(Tokens.agent(), Tokens.partner("shop"), Tokens.customer("somebody"))) {
            as(token).get(PATH).then().statusCode(403);
        }
    }

    private static List<Customer> customers(int count) {
        return IntStream.range(0, count).mapToObj(i -> newCustomer()).toList();
    }

    /** The id of a new interaction that the team of this test served. */
    private String served(Customer customer, Instant at) {
        Map<String, @Nullable Object> told = with(purchase(customer), "team", team);
        return interaction(with(told, "occurredAt", at.toString()));
    }

    private static void asked(Customer customer, String interaction) {
        as(Tokens.agent())
                .contentType("application/json")
                .body(Map.of("key", KEY, "interaction", interaction))
                .post("/interactions/customers/{c}/briefing/ask", customer.name())
                .then()
                .statusCode(200)
                .body("repeated", equalTo(true));
    }

    /** As so many customers had an occasion each on each of so many days since 2024-01-01. */
    private void counted(String key, int customers, int days) throws SQLException {
        Databases.asOwner()
                .execute(
                        """
                        WITH day AS (SELECT DATE '2024-01-01' + n AS day FROM generate_series(0, ? - 1) AS n),
                        who AS (SELECT gen_random_uuid() AS id FROM generate_series(1, ?)),
                        count AS (
                            INSERT INTO repetition_count (key, channel, team, day, occasions, repeated)
                            SELECT ?, 'PHONE', ?, day, 1, 0 FROM day)
                        INSERT INTO repetition_count_customer (key, channel, team, day, customer_id)
                        SELECT ?, 'PHONE', ?, day, id FROM day CROSS JOIN who""",
                        days,
                        customers,
                        key,
                        team,
                        key,
                        team);
    }

    private Response figures() {
        return window("2026-11-01", "2026-12-01");
    }

    private Response window(String from, String to) {
        return manager()
                .queryParam("team", team)
                .queryParam("from", from)
                .queryParam("to", to)
                .get(PATH);
    }

    private static RequestSpecification manager() {
        return as(Tokens.manager());
    }
}
