package io.rapport.interaction.promise;

import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.promise.PromisesApi.SOON;
import static io.rapport.interaction.promise.PromisesApi.callBack;
import static io.rapport.interaction.promise.PromisesApi.interaction;
import static io.rapport.interaction.promise.PromisesApi.make;
import static io.rapport.interaction.promise.PromisesApi.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.ShiftableClock;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of promises by team and kind, each test with a team of its own. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class PromiseReportTest {

    private static final String PATH = "/interactions/reports/promises";

    @Inject Clock clock;
    @Inject ShiftableClock shiftable;

    private final String team = "team-" + UUID.randomUUID();

    @AfterEach
    void reset() {
        shiftable.reset();
    }

    @Test
    void each_is_counted_when_it_is_made_and_when_it_comes_out() {
        List<String> made = promisedToEach(customers(5), "CALL_BACK");
        made.addAll(promisedToEach(customers(2), "CALL_BACK"));
        settle(made.get(0), "KEPT").then().statusCode(200);
        settle(made.get(0), "KEPT").then().statusCode(200);
        settle(made.get(1), "EXCEEDED").then().statusCode(200);
        settle(made.get(2), Map.of("outcome", "WITHDRAWN", "reason", "Not needed."))
                .then()
                .statusCode(200);
        settle(made.get(3), "BROKEN").then().statusCode(200);
        figures()
                .then()
                .statusCode(200)
                .body("items.team", contains(team))
                .body("items.kind", contains("CALL_BACK"))
                .body("items[0].made", equalTo(7))
                .body("items[0].kept", equalTo(1))
                .body("items[0].exceeded", equalTo(1))
                .body("items[0].withdrawn", equalTo(1))
                .body("items[0].broken", equalTo(1))
                .body("items[0].keptShare", equalTo(0.6667f));

        shiftable.shift(Duration.ofHours(2));
        await().atMost(SOON).until(() -> figures().<Integer>path("items[0].broken") == 4);
        figures().then().body("items[0].keptShare", equalTo(0.3333f));
    }

    @Test
    void figures_of_fewer_than_five_customers_are_not_shown_however_many_promises_they_have() {
        List<Customer> four = customers(4);
        for (int i = 0; i < 3; i++) {
            promisedToEach(four, "ANSWER");
        }
        figures().then().statusCode(200).body("items", empty());

        promisedToEach(customers(1), "ANSWER");
        figures().then().body("items.made", contains(13));
    }

    @Test
    void customers_who_were_merged_are_one_customer() {
        List<Customer> five = customers(5);
        promisedToEach(five, "ANSWER");
        figures().then().body("items.made", contains(5));
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

        Response report =
                manager()
                        .queryParam("from", "2024-01-01")
                        .queryParam("to", "2025-01-01")
                        .queryParam("team", team)
                        .get(PATH);

        report.then().statusCode(200).body("items.kind", contains("FIVE"));
    }

    @Test
    void pages_show_each_figure_once_and_leave_out_what_is_not_shown() throws SQLException {
        for (int i = 0; i < 7; i++) {
            counted("kind" + i, i % 3 == 2 ? 4 : 5, 2);
        }

        List<String> kinds = new ArrayList<>();
        String next = null;
        do {
            RequestSpecification request =
                    manager()
                            .queryParam("from", "2024-01-01")
                            .queryParam("to", "2024-02-01")
                            .queryParam("team", team)
                            .queryParam("limit", 2);
            Response page = (next == null ? request : request.queryParam("after", next)).get(PATH);
            kinds.addAll(page.path("items.kind"));
            next = page.path("next");
        } while (next != null);
        assertThat(kinds).containsExactly("KIND0", "KIND1", "KIND3", "KIND4", "KIND6");
    }

    /** Rows of promise_count are locked in one order; each adds to what the others have added. */
    @Test
    void what_is_promised_at_once_is_counted_all_the_same() {
        List<Customer> customers = customers(8);

        AtOnce.run(
                8,
                caller -> {
                    for (int i = 0; i < 5; i++) {
                        String kind = (caller + i) % 2 == 0 ? "VISIT" : "REPAIR";
                        promisedToEach(List.of(customers.get(caller)), kind);
                    }
                    return caller;
                });

        figures().then().body("items.kind", contains("REPAIR", "VISIT"));
        assertThat(figures().<List<Integer>>path("items.made").stream().mapToInt(i -> i).sum())
                .isEqualTo(40);
    }

    @Test
    void a_window_ends_before_its_last_day_and_without_words_holds_today() {
        promisedToEach(customers(5), "CALL_BACK");
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);

        window(today.minusDays(3), today.plusDays(1)).then().body("items.made", contains(5));
        window(today.minusDays(3), today).then().body("items", empty());
        window(today.plusDays(1), today.plusDays(2)).then().body("items", empty());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20, 2026-11-20",
        "2026-11-21, 2026-11-20",
        "2025-11-01, 2026-11-20",
        "soon,       2026-11-20",
        "2026-02-30, 2026-11-20",
        "+999999999-12-31, 2026-11-20",
    })
    void a_window_that_is_none_is_refused(String from, String to) {
        manager()
                .queryParam("from", from)
                .queryParam("to", to)
                .get(PATH)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-filter"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Our Team", "two--parts"})
    void a_team_that_can_be_none_is_refused(String none) {
        manager()
                .queryParam("team", none)
                .get(PATH)
                .then()
                .statusCode(400)
                .body("errors.parameter", hasItem("team"));
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

    /** The ids of promises that are due in an hour. */
    private List<String> promisedToEach(List<Customer> customers, String kind) {
        Instant due = clock.instant().plus(Duration.ofHours(1));
        List<String> made = new ArrayList<>();
        for (Customer customer : customers) {
            Map<String, @Nullable Object> promise = with(callBack(due), "team", team);
            Response answer = make(interaction(customer), with(promise, "kind", kind));
            answer.then().statusCode(201);
            made.add(answer.path("id"));
        }
        return made;
    }

    /** As so many customers had a promise each on each of so many days since 2024-01-01. */
    private void counted(String kind, int customers, int days) throws SQLException {
        String word = kind.toUpperCase(Locale.ROOT);
        Databases.asOwner()
                .execute(
                        """
                        WITH day AS (SELECT DATE '2024-01-01' + n AS day FROM generate_series(0, ? - 1) AS n),
                        who AS (SELECT gen_random_uuid() AS id FROM generate_series(1, ?)),
                        count AS (
                            INSERT INTO promise_count (team, kind, day, made, kept, exceeded, broken, withdrawn)
                            SELECT ?, ?, day, 1, 0, 0, 0, 0 FROM day)
                        INSERT INTO promise_count_customer (team, kind, day, customer_id)
                        SELECT ?, ?, day, id FROM day CROSS JOIN who""",
                        days,
                        customers,
                        team,
                        word,
                        team,
                        word);
    }

    private Response figures() {
        return manager().queryParam("team", team).get(PATH);
    }

    private Response window(LocalDate from, LocalDate to) {
        return manager()
                .queryParam("team", team)
                .queryParam("from", from.toString())
                .queryParam("to", to.toString())
                .get(PATH);
    }

    private static RequestSpecification manager() {
        return as(Tokens.manager());
    }
}
