package io.rapport.customer.segment;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.relate;
import static io.rapport.customer.CustomersApi.unmerge;
import static io.rapport.customer.segment.SegmentsApi.both;
import static io.rapport.customer.segment.SegmentsApi.compare;
import static io.rapport.customer.segment.SegmentsApi.made;
import static io.rapport.customer.segment.SegmentsApi.memberIds;
import static io.rapport.customer.segment.SegmentsApi.newKey;
import static io.rapport.customer.segment.SegmentsApi.segmentsOf;
import static io.rapport.customer.segment.SegmentsApi.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.erasure.ErasureApi;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Segments of those who are related to others, and of those to whom others are. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class RelatedMemberTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final String tag = newKey();
    private UUID ada;
    private UUID head;
    private String inHousehold;

    @BeforeEach
    void make() {
        ada = customer();
        head = customer();
        inHousehold = made(both(tagged(tag), of("relations", "HOUSEHOLD")));
    }

    private UUID customer() {
        return registered("{\"tags\": [\"%s\"]}".formatted(tag));
    }

    private static String of(String field, String type) {
        return compare(field, "ANY_OF", "[\"%s\"]".formatted(type));
    }

    private static Response part(UUID customer, String type, UUID related) {
        return agent().header("If-Match", "*")
                .delete(
                        "/customers/{customer}/relations/{type}/{related}",
                        customer,
                        type,
                        related);
    }

    @Test
    void who_is_related_is_in_it_with_the_write() {
        relate(ada, "works-for", head, "*").then().statusCode(200);
        assertThat(memberIds(inHousehold)).isEmpty();

        relate(ada, "household", head, "*").then().statusCode(200);
        assertThat(memberIds(inHousehold)).containsExactly(ada.toString());
        segmentsOf(ada)
                .then()
                .body(in(inHousehold) + ".reason", equalTo("PROFILE"))
                .body(in(inHousehold) + ".fields", contains("tags", "relations"));
        part(ada, "household", head).then().statusCode(200);
        assertThat(memberIds(inHousehold)).isEmpty();
    }

    /** The lock of the customer's row lets one writer after the other decide. */
    @Test
    void of_those_who_relate_and_part_at_once_the_last_decides() {
        AtOnce.run(
                12,
                number ->
                        number % 2 == 0
                                ? relate(ada, "household", head, "*").statusCode()
                                : part(ada, "household", head).statusCode());

        List<Object> relations = agent().get("/customers/{customer}/relations", ada).path("items");
        assertThat(memberIds(inHousehold)).hasSize(relations.size());
    }

    @Test
    void to_whom_others_are_related_is_in_it_soon_and_until_the_last_of_them_parts() {
        String heads = made(both(tagged(tag), of("incomingRelations", "HOUSEHOLD")));
        UUID bob = customer();
        relate(ada, "household", head, "*").then().statusCode(200);
        relate(bob, "household", head, "*").then().statusCode(200);
        awaitMembers(heads, head);
        segmentsOf(head)
                .then()
                .body(in(heads) + ".reason", equalTo("CONTEXT"))
                .body(in(heads) + ".fields", contains("tags", "incomingRelations"));

        part(ada, "household", head).then().statusCode(200);
        UUID other = customer();
        relate(ada, "household", other, "*").then().statusCode(200);
        awaitMembers(heads, head, other);
        ErasureApi.erase(bob).then().statusCode(202);
        awaitMembers(heads, other);
    }

    @Test
    void of_merged_customers_the_relations_of_all_count_but_not_those_among_them() {
        String heads = made(both(tagged(tag), of("incomingRelations", "HOUSEHOLD")));
        UUID bob = customer();
        UUID firm = customer();
        relate(ada, "household", head, "*").then().statusCode(200);
        relate(bob, "household", firm, "*").then().statusCode(200);
        awaitMembers(heads, head, firm);

        merge(head, ada, bob).then().statusCode(200);
        assertThat(memberIds(inHousehold)).containsExactly(head.toString());
        assertThat(memberIds(heads)).containsExactly(firm.toString());
        unmerge(ada).then().statusCode(200);
        assertThat(memberIds(inHousehold))
                .containsExactlyInAnyOrder(ada.toString(), head.toString());
        awaitMembers(heads, head, firm);
    }

    @Test
    void who_had_relations_before_is_in_it_once_it_is_ready() {
        relate(ada, "referred-by", head, "*").then().statusCode(200);

        assertThat(memberIds(made(both(tagged(tag), of("relations", "REFERRED_BY")))))
                .containsExactly(ada.toString());
        assertThat(memberIds(made(both(tagged(tag), of("incomingRelations", "REFERRED_BY")))))
                .containsExactly(head.toString());
    }

    private static String in(String segment) {
        return "items.find { it.segment == '%s' }".formatted(segment);
    }

    private static void awaitMembers(String segment, UUID... customers) {
        List<String> ids = List.of(customers).stream().map(UUID::toString).sorted().toList();
        await().atMost(LIMIT).until(() -> memberIds(segment), ids::equals);
    }
}
