package io.rapport.customer.segment;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.segment.SegmentsApi.made;
import static io.rapport.customer.segment.SegmentsApi.manager;
import static io.rapport.customer.segment.SegmentsApi.memberIds;
import static io.rapport.customer.segment.SegmentsApi.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.erasure.ErasureApi;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The members of a moment, and a search among the members of now. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class SnapshotResourceTest {

    @Inject Snapshots snapshots;
    @Inject SegmentConfig config;

    private final String tag = newKey();

    private static Response make(String segment, String key) {
        return manager()
                .header("Idempotency-Key", key)
                .post("/segments/{segment}/snapshots", segment);
    }

    @Test
    void who_leaves_or_enters_later_changes_nothing_in_it_until_it_is_deleted() {
        UUID ada = registered("{\"tags\": [\"%s\"]}".formatted(tag));
        UUID bob = registered("{\"tags\": [\"%s\"]}".formatted(tag));
        String segment = made(SegmentsApi.tagged(tag));
        String key = UUID.randomUUID().toString();
        Response made = make(segment, key);
        made.then().statusCode(201).body("members", equalTo(2)).body("version", equalTo(1));
        String id = made.path("id");
        make(segment, key).then().statusCode(201).body("id", equalTo(id));
        patch(ada, "*", "{\"tags\": null}").then().statusCode(200);
        registered("{\"tags\": [\"%s\"]}".formatted(tag));

        assertThat(memberIds(segment)).doesNotContain(ada.toString());
        agent().get("/segments/{segment}/snapshots/{snapshot}/members", segment, id)
                .then()
                .statusCode(200)
                .body("items.customer", contains(ada.toString(), bob.toString()));
        agent().get("/segments/{segment}/snapshots", segment)
                .then()
                .body("items.id", contains(id))
                .body("items[0].createdBy", equalTo(made.path("createdBy")));
        assertThat(Instant.parse(made.path("expiresAt")))
                .isAfter(Instant.parse(made.path("createdAt")));

        expire(id);
        agent().get("/segments/{segment}/snapshots/{snapshot}", segment, id)
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-snapshot"));
    }

    @Test
    void who_was_erased_since_is_not_listed_any_more() {
        UUID ada = registered("{\"tags\": [\"%s\"]}".formatted(tag));
        UUID bob = registered("{\"tags\": [\"%s\"]}".formatted(tag));
        String segment = made(SegmentsApi.tagged(tag));
        String id = make(segment, UUID.randomUUID().toString()).path("id");
        ErasureApi.erase(ada).then().statusCode(202);

        agent().get("/segments/{segment}/snapshots/{snapshot}/members", segment, id)
                .then()
                .statusCode(200)
                .body("items.customer", contains(bob.toString()));
    }

    /** Whoever read on while they go would take those that are left for all. */
    @Test
    void one_that_has_ended_is_gone_before_its_members_are() throws Exception {
        registered("{\"tags\": [\"%s\"]}".formatted(tag));
        String segment = made(SegmentsApi.tagged(tag));
        String id = make(segment, UUID.randomUUID().toString()).path("id");
        Databases.asOwner()
                .execute(
                        "UPDATE segment_snapshot SET expires_at = created_at WHERE id = ?",
                        UUID.fromString(id));

        agent().get("/segments/{segment}/snapshots/{snapshot}", segment, id).then().statusCode(404);
        agent().get("/segments/{segment}/snapshots/{snapshot}/members", segment, id)
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-snapshot"));
        agent().get("/segments/{segment}/snapshots", segment)
                .then()
                .statusCode(200)
                .body("items", empty());
    }

    /** Whoever makes one holds the segment, so that each sees those of the others. */
    @Test
    void a_segment_has_a_bounded_number_of_them_also_when_many_are_made_at_once() throws Exception {
        String segment = made(SegmentsApi.tagged(tag));
        String first = make(segment, UUID.randomUUID().toString()).path("id");
        Databases.asOwner()
                .execute(
                        """
                        INSERT INTO segment_snapshot
                        SELECT gen_random_uuid(), segment, version, members, created_by, created_at, expires_at
                        FROM segment_snapshot CROSS JOIN generate_series(3, ?) WHERE id = ?""",
                        config.snapshots(),
                        UUID.fromString(first));

        List<Integer> statuses =
                AtOnce.run(6, _ -> make(segment, UUID.randomUUID().toString()).statusCode());
        assertThat(statuses).containsOnlyOnce(201).filteredOn(one -> one == 409).hasSize(5);
        make(segment, UUID.randomUUID().toString())
                .then()
                .statusCode(409)
                .body("code", equalTo("too-many-snapshots"));
    }

    /** As its timer does: some members in each transaction, then the snapshot. */
    private void expire(String id) {
        for (int step = 0; step < 2; step++) {
            QuarkusTransaction.requiringNew()
                    .run(() -> snapshots.fire(UUID.fromString(id), Instant.EPOCH));
        }
    }

    @Test
    void a_search_finds_members_of_one_of_the_segments_only() {
        String name = "Zq" + newKey();
        UUID ada = registered("{\"tags\": [\"%s\"], \"familyName\": \"%s\"}".formatted(tag, name));
        registered("{\"familyName\": \"%s\"}".formatted(name));
        String segment = made(SegmentsApi.tagged(tag));

        search(name, "[\"%s\", \"none-such\"]".formatted(segment))
                .then()
                .statusCode(200)
                .body("items.customer.id", contains(ada.toString()));
        search(name, "[\"none-such\"]").then().statusCode(200).body("items.size()", equalTo(0));
        search(name, "[]").then().body("items.size()", equalTo(2));
        search(name, "[null]").then().statusCode(400);
    }

    private static Response search(String query, String segments) {
        return agent().contentType(ContentType.JSON)
                .body("{\"query\": \"%s\", \"segments\": %s}".formatted(query, segments))
                .post("/customers/search");
    }
}
