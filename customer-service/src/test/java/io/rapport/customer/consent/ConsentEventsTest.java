package io.rapport.customer.consent;

import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.consent.ConsentsApi.confirm;
import static io.rapport.customer.consent.ConsentsApi.give;
import static io.rapport.customer.consent.ConsentsApi.given;
import static io.rapport.customer.consent.ConsentsApi.givenAt;
import static io.rapport.customer.consent.ConsentsApi.purpose;
import static io.rapport.customer.consent.ConsentsApi.purposeWithDoubleOptIn;
import static io.rapport.customer.consent.ConsentsApi.terms;
import static io.rapport.customer.consent.ConsentsApi.withdraw;
import static io.rapport.customer.consent.ConsentsApi.withdrawn;
import static io.rapport.customer.consent.ConsentsApi.withdrawnAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What of consents the log tells, as an independent client reads it. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ConsentEventsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void a_consent_that_is_given_and_withdrawn_is_told_with_its_end() throws Exception {
        UUID customer = registered("{}");
        String purpose = purpose(terms("\"P1Y\"", false, true));
        Response given = give(customer, given(purpose));
        Response withdrawn = withdraw(customer, withdrawn(purpose));

        List<Message> events = events(customer);

        assertThat(events).hasSize(2);
        Message first = events.getFirst();
        assertThat(first.header("ce_type")).isEqualTo("customer.consent-given.v1");
        assertThat(first.header("ce_time")).isEqualTo(given.path("recorded.occurredAt"));
        assertThat(json(first))
                .isEqualTo(
                        JSON.createObjectNode()
                                .put("consent", given.<String>path("recorded.id"))
                                .put("purpose", purpose)
                                .put("channel", "EMAIL")
                                .put("occurredAt", given.<String>path("recorded.occurredAt"))
                                .put("validUntil", given.<String>path("recorded.validUntil")));
        Samples.assertSameShape("customer.consent-given.v1", first.value() + "");
        Message second = events.get(1);
        assertThat(second.header("ce_type")).isEqualTo("customer.consent-withdrawn.v1");
        assertThat(json(second))
                .isEqualTo(
                        JSON.createObjectNode()
                                .put("consent", withdrawn.<String>path("recorded.id"))
                                .put("purpose", purpose)
                                .put("channel", "EMAIL")
                                .put("occurredAt", withdrawn.<String>path("recorded.occurredAt")));
        Samples.assertSameShape("customer.consent-withdrawn.v1", second.value() + "");
    }

    @Test
    void a_double_opt_in_is_told_once_it_is_confirmed() throws Exception {
        UUID customer = registered("{}");
        Response given = give(customer, given(purposeWithDoubleOptIn()));
        Response confirmed = confirm(customer, given.path("recorded.id"));
        confirm(customer, given.path("recorded.id")).then().statusCode(200);

        List<Message> events = events(customer);

        assertThat(events).hasSize(1);
        assertThat(events.getFirst().header("ce_time"))
                .isEqualTo(confirmed.path("recorded.occurredAt"));
        assertThat(json(events.getFirst()).path("consent").asText())
                .isEqualTo(given.path("recorded.id"));
        assertThat(json(events.getFirst()).path("occurredAt").asText())
                .isEqualTo(given.path("recorded.occurredAt"));
        assertThat(json(events.getFirst()).has("validUntil")).isFalse();
    }

    @Test
    void evidence_that_decides_nothing_is_not_told() {
        UUID customer = registered("{}");
        String purpose = purpose();
        give(customer, givenAt(purpose, "2026-03-01T00:00:00Z")).then().statusCode(201);
        give(customer, givenAt(purpose, "2026-02-01T00:00:00Z")).then().statusCode(201);
        withdraw(customer, withdrawnAt(purpose, "2026-01-01T00:00:00Z")).then().statusCode(200);
        withdraw(customer, withdrawnAt(purpose, "2026-04-01T00:00:00Z")).then().statusCode(200);
        give(customer, givenAt(purpose, "2026-03-15T00:00:00Z")).then().statusCode(201);

        assertThat(types(customer)).containsExactly("GIVEN", "WITHDRAWN");
    }

    @Test
    void the_log_holds_neither_text_nor_source_nor_who_recorded_it() {
        UUID customer = registered("{}");
        String purpose = purpose();
        String evidence = "\"source\": \"marked-shop\", \"textVersion\": \"marked-text\"";
        give(customer, given(purpose, evidence, "")).then().statusCode(201);
        withdraw(customer, given(purpose, evidence, "")).then().statusCode(200);

        assertThat(events(customer))
                .hasSize(2)
                .allSatisfy(
                        event ->
                                assertThat(event.value() + event.headers())
                                        .doesNotContain("marked", "agent-7"));
    }

    /** What the events of the customer's consents tell, in the order of the log. */
    static List<String> types(UUID customer) {
        return events(customer).stream()
                .map(event -> event.header("ce_type"))
                .map(type -> type.replaceAll("customer\\.consent-|\\.v1", ""))
                .map(word -> word.toUpperCase(Locale.ROOT))
                .toList();
    }

    /** All of them: the log holds as many records of the customer as numbers were given. */
    private static List<Message> events(UUID customer) {
        try (Topics topics = Topics.ofSuite()) {
            long last = sequence(customer);
            List<Message> all =
                    await().atMost(Duration.ofSeconds(20))
                            .until(
                                    () -> topics.readAll(Topic.CUSTOMERS, customer),
                                    found -> found.size() >= last);
            return all.stream()
                    .filter(event -> event.header("ce_type").contains(".consent-"))
                    .toList();
        }
    }

    private static long sequence(UUID customer) {
        try {
            return Databases.asOwner()
                    .number("SELECT last FROM customer_sequence WHERE customer_id = ?", customer);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(Message message) throws Exception {
        return JSON.readTree(message.value() + "");
    }
}
