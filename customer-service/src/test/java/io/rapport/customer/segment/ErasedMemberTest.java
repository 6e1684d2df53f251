package io.rapport.customer.segment;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.registered;
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
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.erasure.ErasureApi;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
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

    private static Response say(String segment, UUID customer) {
        return agent().header("If-None-Match", "*")
                .contentType(ContentType.JSON)
                .body("{\"decision\": \"IN\", \"reason\": \"a friend\"}")
                .put("/segments/{segment}/overrides/{customer}", segment, customer);
    }
}
