package io.rapport.customer.erasure;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.register;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.unmerge;
import static io.rapport.customer.erasure.ErasureApi.erase;
import static io.rapport.customer.erasure.ErasureApi.manager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.search.SearchApi;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody was merged by mistake, unmerged, and then erased: what was written of the survivor
 * meanwhile tells nothing of them any more, and the survivor stays as it is. So does a member.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class FormerSurvivorTest {

    private final Databases database = Databases.asOwner();
    private final String mark = "qx" + SearchApi.newName(14);
    private final String key = UUID.randomUUID().toString();
    private UUID survivor;
    private UUID member;

    @BeforeEach
    void makeBoth() {
        survivor = registered("{\"occupation\": \"first\"}");
        member = registered("{\"familyName\": \"%s\"}".formatted(mark));
    }

    @Test
    void an_answer_of_then_is_emptied_and_what_it_answered_is_not_done_again() throws Exception {
        patch(survivor, "*", "{\"occupation\": \"second\"}").then().statusCode(200);
        merge(survivor, member).then().statusCode(200);
        String change = "2.0";
        assertThat(restored(change).asString()).contains(mark);
        unmerge(member).then().statusCode(200);
        String etag = get(survivor).header("ETag");
        assertThat(kept()).isEqualTo(1);

        erase(member).then().statusCode(202);

        assertThat(kept()).isZero();
        Response again = restored(change);
        again.then().statusCode(204).header("Idempotency-Replayed", equalTo("true"));
        assertThat(again.asString()).isEmpty();
        get(survivor).then().statusCode(200).header("ETag", equalTo(etag));
    }

    /** With a key that is the same each time. */
    private Response restored(String change) {
        return agent().header("Idempotency-Key", key)
                .header("If-Match", "*")
                .post("/customers/{customer}/history/{change}/restore", survivor, change);
    }

    /** How many answers of the survivor tell of the member. */
    private long kept() throws Exception {
        return database.number(
                "SELECT count(*) FROM idempotency_key WHERE customer_ids = ARRAY[?] AND body LIKE ?",
                survivor,
                "%" + mark + "%");
    }

    @Test
    void answers_of_others_stay() {
        String made = UUID.randomUUID().toString();
        Response first = register(agent(), made, "{\"occupation\": \"another\"}");
        UUID other = UUID.fromString(first.path("id"));
        merge(survivor, member).then().statusCode(200);
        unmerge(member).then().statusCode(200);

        erase(member).then().statusCode(202);

        Response again = register(agent(), made, "{\"occupation\": \"another\"}");
        again.then().statusCode(201).header("Idempotency-Replayed", equalTo("true"));
        assertThat(again.asString()).isEqualTo(first.asString());
        get(other).then().statusCode(200);
    }

    /** An export that has passed the survivor, and not yet come to the member. */
    @Test
    void a_file_of_then_is_cancelled() throws Exception {
        merge(survivor, member).then().statusCode(200);
        UUID export = exportUpTo(survivor);
        unmerge(member).then().statusCode(200);

        erase(member).then().statusCode(202);

        assertCancelled(export);
    }

    /** The mirror: it wrote the erased one where somebody stands who was merged into it then. */
    @Test
    void a_file_that_stopped_at_a_former_member_is_cancelled() throws Exception {
        UUID first = survivor;
        merge(member, first).then().statusCode(200);
        UUID export = exportUpTo(first);
        unmerge(first).then().statusCode(200);

        erase(member).then().statusCode(202);

        assertCancelled(export);
        get(first).then().statusCode(200);
    }

    /** One that has come to this customer, with a part that tells of the member. */
    private UUID exportUpTo(UUID customer) throws Exception {
        UUID export = UUID.randomUUID();
        database.execute(
                """
                INSERT INTO customer_export (id, format, state, created_by, created_at, expires_at, last_customer,
                    customers, bytes, parts)
                VALUES (?, 'NDJSON', 'RUNNING', 'manager-1', now(), now() + interval '1 day', ?, 1, 20, 1)
                """,
                export,
                customer);
        database.execute(
                "INSERT INTO customer_export_part (export_id, number, content) VALUES (?, 1, ?)",
                export,
                mark.getBytes(StandardCharsets.UTF_8));
        return export;
    }

    private void assertCancelled(UUID export) {
        manager()
                .get("/customer-exports/{export}", export)
                .then()
                .statusCode(200)
                .body("state", equalTo("CANCELLED"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(
                                                database.number(
                                                        "SELECT count(*) FROM customer_export_part WHERE export_id = ?",
                                                        export))
                                        .isZero());
    }
}
