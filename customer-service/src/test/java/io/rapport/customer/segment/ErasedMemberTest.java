package io.rapport.customer.segment;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.segment.SegmentsApi.both;
import static io.rapport.customer.segment.SegmentsApi.change;
import static io.rapport.customer.segment.SegmentsApi.compare;
import static io.rapport.customer.segment.SegmentsApi.made;
import static io.rapport.customer.segment.SegmentsApi.memberIds;
import static io.rapport.customer.segment.SegmentsApi.newKey;
import static io.rapport.customer.segment.SegmentsApi.ready;
import static io.rapport.customer.segment.SegmentsApi.segmentsOf;
import static io.rapport.customer.segment.SegmentsApi.tagged;
import static io.rapport.customer.segment.SegmentsApi.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.erasure.ErasureApi;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who is erased is in no segment any more, and nothing brings them back into one. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ErasedMemberTest {

    private final Databases database = Databases.asOwner();

    @Test
    void whoever_is_erased_has_left_all_and_enters_none() throws Exception {
        String tag = newKey();
        UUID customer = registered("{\"tags\": [\"%s\"], \"country\": \"GB\"}".formatted(tag));
        String byTag = made(tagged(tag));
        String bySaying = made(tagged(newKey()));
        say(bySaying, customer).then().statusCode(201);
        assertThat(memberIds(byTag)).containsExactly(customer.toString());
        assertThat(memberIds(bySaying)).containsExactly(customer.toString());

        ErasureApi.erase(customer).then().statusCode(202);

        assertThat(memberIds(byTag)).isEmpty();
        assertThat(memberIds(bySaying)).isEmpty();
        agent().get("/segments/{segment}/overrides", bySaying).then().body("items", empty());
        segmentsOf(customer).then().statusCode(410).body("code", equalTo("customer-erased"));
        say(bySaying, customer).then().statusCode(410);
        change(byTag, terms(compare("kind", "ANY_OF", "[\"PERSON\"]"))).then().statusCode(200);
        ready(byTag);
        assertThat(
                        database.number(
                                "SELECT count(*) FROM segment_member WHERE customer_id = ?",
                                customer))
                .isZero();
    }

    /** Whoever takes a mark waits for the customer's row, and so must not be waited for. */
    @Test
    void an_erasure_waits_for_nobody_who_has_a_mark_in_hand_and_ends_it() throws Exception {
        made(both(tagged(newKey()), compare("interactions.count", "AT_LEAST", "[1]")));
        UUID customer = registered("{}");
        database.execute(
                "INSERT INTO segment_mark (customer_id, not_before) VALUES (?, now() + interval '1 hour')",
                customer);
        try (Connection taker = database.connect();
                PreparedStatement take =
                        taker.prepareStatement("DELETE FROM segment_mark WHERE customer_id = ?")) {
            taker.setAutoCommit(false);
            take.setObject(1, customer);
            assertThat(take.executeUpdate()).isEqualTo(1);

            ErasureApi.erase(customer).then().statusCode(202);
            taker.rollback();
        }
        assertThat(marks(customer)).isEqualTo(1);
        database.execute(
                "UPDATE segment_mark SET not_before = NULL WHERE customer_id = ?", customer);
        await().atMost(Duration.ofMinutes(2)).until(() -> marks(customer) == 0);
        segmentsOf(customer).then().statusCode(410);
    }

    @Test
    void marks_that_nobody_has_in_hand_go_with_their_customer() throws Exception {
        UUID customer = registered("{}");
        database.execute(
                "INSERT INTO segment_mark (customer_id, not_before) VALUES (?, now() + interval '1 hour')",
                customer);
        ErasureApi.erase(customer).then().statusCode(202);
        assertThat(marks(customer)).isZero();
    }

    private long marks(UUID customer) throws SQLException {
        return database.number("SELECT count(*) FROM segment_mark WHERE customer_id = ?", customer);
    }

    private static Response say(String segment, UUID customer) {
        return agent().header("If-None-Match", "*")
                .contentType(ContentType.JSON)
                .body("{\"decision\": \"IN\", \"reason\": \"a friend\"}")
                .put("/segments/{segment}/overrides/{customer}", segment, customer);
    }
}
