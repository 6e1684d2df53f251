package io.rapport.interaction.timeline;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Buffers;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was said in interactions is found, in the forms that words have in a customer's language.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class TextSearchTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Events events = Events.ofSuite();

    @AfterEach
    void close() {
        events.close();
    }

    @ParameterizedTest
    @CsvSource({
        "lantern,              2",
        "LANTERNS,             2",
        "lantern -refund,      1",
        "'\"red lantern\"',    1",
        "'\"lantern red\"',    0",
        "'\"sorry refund\"',   0",
        "lantern sorry,        1",
        "candle OR sorry,      1",
        "order,                1",
        "candle,               0",
        "the,                  1",
        "'!! \" & | (',        0",
    })
    void words_are_found_in_all_forms_that_they_have_in_the_customers_language(
            String words, int found) {
        Customer customer = speaking("en-GB");
        said(customer, "Your order", "Two of the red lanterns were broken.");
        said(customer, "Refund", "Lantern refunded, sorry!");
        said(speaking("en-GB"), "Your order", "A red lantern, sorry");

        assertThat(search(customer, words)).hasSize(found);
    }

    @Test
    void each_language_has_forms_of_its_own_and_one_that_is_not_known_has_the_words_as_they_are() {
        Customer german = speaking("de");
        Customer unknown = newCustomer();
        Customer other = speaking("tlh");
        for (Customer customer : List.of(german, unknown, other)) {
            said(customer, "Bestellung", "Zwei rote Laternen");
            assertThat(search(customer, "laternen")).hasSize(1);
        }

        assertThat(search(german, "Laterne")).hasSize(1);
        assertThat(search(unknown, "Laterne")).isEmpty();
        assertThat(search(other, "Laterne")).isEmpty();
    }

    /** PostgreSQL would look for the end of each of them, for minutes that no limit cuts short. */
    @ParameterizedTest
    @ValueSource(strings = {"<!--", "~/", "a_"})
    void a_text_of_nothing_but_beginnings_is_taken_like_any_other(String beginning) {
        Customer customer = speaking("en");

        String id = said(customer, "Lanterns", beginning.repeat(24_990) + " <b>refund</b>");

        assertThat(search(customer, "lantern refund")).containsExactly(id);
    }

    @Test
    void a_language_that_changes_or_goes_is_the_one_of_later_words() throws SQLException {
        Customer customer = speaking("en");
        String english = said(customer, null, "lanterns");
        speaks(customer, 3, "de");
        String german = said(customer, null, "Laternen");

        assertThat(search(customer, "lanterns")).containsExactly(english);
        assertThat(search(customer, "laterne")).containsExactly(german);
        events.sendTombstone(Topic.PROFILES, customer.id(), 4);
        await().atMost(SOON).until(() -> language(customer) == null);
    }

    @Test
    void pages_of_what_is_found_show_each_once_and_go_with_the_other_filters() {
        Customer customer = speaking("en");
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            said.addFirst(
                    said(
                            with(
                                    with(purchase(customer), "text", "lanterns"),
                                    "occurredAt",
                                    "2026-11-1" + i + "T10:00:00Z")));
            said(with(purchase(customer), "text", "candles"));
        }
        List<String> read = new ArrayList<>();
        @Nullable String next = null;
        do {
            Response page =
                    page(Map.of("customer", customer.name(), "q", "lantern", "limit", "2"), next);
            read.addAll(ids(page));
            next = page.path("next");
        } while (next != null);

        assertThat(read).isEqualTo(said);
        assertThat(
                        ids(
                                page(
                                        Map.of(
                                                "customer", customer.name(),
                                                "q", "lantern",
                                                "from", "2026-11-13T00:00:00Z"),
                                        null)))
                .isEqualTo(said.subList(0, 2));
        String cursor =
                Objects.requireNonNull(
                        page(
                                        Map.of(
                                                "customer",
                                                customer.name(),
                                                "q",
                                                "lantern",
                                                "limit",
                                                "2"),
                                        null)
                                .path("next"));
        page(Map.of("customer", customer.name(), "q", "lanterns"), cursor)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
    }

    @Test
    void of_customers_who_were_merged_all_is_found_on_the_survivors_page() {
        Customer survivor = speaking("en");
        Customer member = speaking("de");
        String one =
                said(
                        with(
                                with(purchase(survivor), "text", "the lanterns"),
                                "occurredAt",
                                "2026-11-01T10:00:00Z"));
        String two =
                said(
                        with(
                                with(purchase(member), "text", "Laternen, a lantern"),
                                "occurredAt",
                                "2026-11-02T10:00:00Z"));

        events.sendMerge(member.id(), 2, survivor.id());

        await().atMost(SOON).until(() -> search(survivor, "lantern").equals(List.of(two, one)));
        assertThat(search(member, "Laterne")).containsExactly(two);
    }

    @Test
    void what_a_correction_says_is_found_and_what_it_replaces_is_not() {
        Customer customer = speaking("en");
        String id = said(customer, "A lamp", "broken lamps");

        agent().contentType(ContentType.JSON)
                .header("Idempotency-Key", newId())
                .body(Map.of("version", 1, "reason", "Misheard", "text", "broken clocks"))
                .post("/interactions/{id}/corrections", id)
                .then()
                .statusCode(lessThan(300));

        assertThat(search(customer, "clock")).containsExactly(id);
        assertThat(search(customer, "broken lamps")).containsExactly();
    }

    @Test
    void what_was_said_too_often_is_refused() throws SQLException {
        Customer customer = speaking("en");
        say(customer.id(), 5_001, "often");

        page(Map.of("customer", customer.name(), "q", "often"), null)
                .then()
                .statusCode(422)
                .body("code", equalTo("too-much-found"));
        assertThat(search(customer, "often word17")).hasSize(1);
    }

    @Test
    void a_search_has_no_more_than_200_characters() {
        Customer customer = newCustomer();

        page(Map.of("customer", customer.name(), "q", "q".repeat(200)), null)
                .then()
                .statusCode(200);
        page(Map.of("customer", customer.name(), "q", "q".repeat(201)), null)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-filter"));
    }

    /** The customer is a word of the index, so the words of others are not looked at. */
    @Test
    void what_others_say_costs_nothing() throws SQLException {
        Customer customer = newCustomer();
        said(customer, null, "a common word");
        long before = touchedBySearch(customer, "common");

        say(newCustomer().id(), 20_000, "common");

        assertThat(touchedBySearch(customer, "common")).isLessThan(before + 30);
    }

    private static long touchedBySearch(Customer customer, String word) throws SQLException {
        try (Connection connection = Databases.asOwner().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT gin_clean_pending_list('interaction_text_words')");
            statement.execute("SET enable_seqscan = off");
            return Buffers.touchedBy(
                    connection,
                    """
                    SELECT interaction_id FROM interaction_text AS t
                    WHERE interaction_words(t.customer_id, t.language, t.subject, t.text)
                          @@ CAST('''#%s'' & ''%s''' AS tsquery)
                      AND (t.subject IS NOT NULL OR t.text IS NOT NULL)"""
                            .formatted(customer.id(), word));
        }
    }

    /** So many interactions in which the word was said, faster than callers tell of them. */
    private static void say(UUID customer, int times, String word) throws SQLException {
        Databases.asOwner()
                .execute(
                        """
                        WITH made AS (
                            INSERT INTO interaction (customer_id, id, occurred_at, recorded_at, type, amount_sign, channel,
                                                     direction, source, source_id)
                            SELECT ?, gen_random_uuid(), now(), now(), 'NOTE', 0, 'WEB', 'INTERNAL', 'made', CAST(number AS text)
                            FROM generate_series(1, ?) AS number RETURNING customer_id, id, source_id)
                        INSERT INTO interaction_text (customer_id, interaction_id, text)
                        SELECT customer_id, id, ? || ' word' || source_id FROM made""",
                        customer,
                        times,
                        word);
    }

    private Customer speaking(String language) {
        Customer customer = newCustomer();
        speaks(customer, 2, language);
        return customer;
    }

    private void speaks(Customer customer, long version, String language) {
        events.send(
                Topic.PROFILES,
                customer.id(),
                version,
                Events.snapshotType(Topic.PROFILES),
                """
                {"status": "ACTIVE", "kind": "PERSON", "language": "%s",
                 "identities": [{"source": "shop", "externalId": "%s"}]}"""
                        .formatted(language, customer.externalId()));
        await().pollInterval(Duration.ofMillis(20))
                .atMost(SOON)
                .until(() -> language.equals(language(customer)));
    }

    private static @Nullable String language(Customer customer) throws SQLException {
        return (String)
                Databases.asOwner()
                        .rows(
                                "SELECT max(language) AS language FROM customer_language WHERE customer_id = ?",
                                customer.id())
                        .getFirst()
                        .get("language");
    }

    private static String said(Customer customer, @Nullable String subject, String text) {
        return said(with(with(purchase(customer), "subject", subject), "text", text));
    }

    private static String said(Map<String, @Nullable Object> interaction) {
        Response made = post(with(interaction, "sourceId", newId()));
        made.then().statusCode(201);
        return made.path("id");
    }

    private static List<String> search(Customer customer, String words) {
        return ids(page(Map.of("customer", customer.name(), "q", words), null));
    }

    private static Response page(Map<String, String> parameters, @Nullable String after) {
        return after == null
                ? agent().queryParams(parameters).get("/interactions")
                : agent().queryParams(parameters).queryParam("after", after).get("/interactions");
    }

    private static List<String> ids(Response page) {
        page.then().statusCode(200);
        return Arrays.asList(page.jsonPath().getObject("items.id", String[].class));
    }
}
