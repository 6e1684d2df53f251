package io.rapport.customer.merge;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.known;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.move;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.unmerge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.CustomersApi;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;

/** Those who merge, unmerge and change at the same time, and what holds each of these races. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MergeRaceTest {

    private static final int CALLERS = 8;

    /**
     * The locks of the rows of all, in the order of their ids; behind them the primary key of
     * customer_link.
     */
    @RepeatedTest(3)
    void of_those_who_merge_one_customer_into_others_one_does() {
        UUID member = registered("{}");
        List<UUID> survivors = Stream.generate(() -> registered("{}")).limit(CALLERS).toList();

        List<Response> answers = AtOnce.run(CALLERS, n -> merge(survivors.get(n), member));

        assertThat(answers)
                .extracting(Response::statusCode)
                .containsOnlyOnce(200)
                .containsOnly(200, 409);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 409)
                .extracting(answer -> answer.<String>path("code"))
                .containsOnly("already-merged");
    }

    /** The same locks; behind them the foreign keys of customer_link on id and status. */
    @RepeatedTest(3)
    void of_two_who_are_merged_into_each_other_one_is_and_chains_never_come() {
        UUID one = registered("{}");
        UUID two = registered("{}");
        UUID three = registered("{}");
        UUID[] ring = {one, two, three};

        List<Response> answers = AtOnce.run(CALLERS, n -> merge(ring[n % 3], ring[(n + 1) % 3]));

        assertThat(answers).extracting(Response::statusCode).contains(200).containsOnly(200, 409);
        // Whoever answers, answers for itself.
        for (UUID customer : ring) {
            String answering = get(customer).path("id");
            get(answering).then().body("id", equalTo(answering)).body("status", equalTo("ACTIVE"));
        }
        assertThat(
                        Stream.of(ring)
                                .filter(
                                        customer ->
                                                !get(customer).path("id").equals(customer + "")))
                .hasSizeBetween(1, 2);
    }

    /** The survivor's version, which a merge raises, and the lock of its row. */
    @RepeatedTest(3)
    void a_patch_of_the_version_before_a_merge_comes_first_or_is_stale() {
        UUID survivor = registered("{\"givenName\": \"Ada\"}");
        UUID member = registered("{\"country\": \"GB\"}");
        String etag = get(survivor).header("ETag");

        List<Response> answers =
                AtOnce.run(
                        2,
                        n ->
                                n == 0
                                        ? merge(survivor, member)
                                        : patch(survivor, etag, "{\"givenName\": \"Augusta\"}"));

        answers.get(0).then().statusCode(200);
        assertThat(answers.get(1).statusCode()).isIn(200, 412);
        boolean patched = answers.get(1).statusCode() == 200;
        get(survivor)
                .then()
                .body("givenName", equalTo(patched ? "Augusta" : "Ada"))
                .body("country", equalTo("GB"));
    }

    /** The member's version, and the lock of its row. */
    @RepeatedTest(3)
    void a_change_of_the_member_goes_to_one_of_both_and_is_never_lost() {
        UUID survivor = registered("{}");
        UUID member = registered("{}");

        List<Response> answers =
                AtOnce.run(
                        2,
                        n ->
                                n == 0
                                        ? merge(survivor, member)
                                        : patch(member, "*", "{\"country\": \"GB\"}"));

        answers.get(0).then().statusCode(200);
        Response patched = answers.get(1);
        assertThat(patched.statusCode()).isIn(200, 409);
        if (patched.statusCode() == 200) {
            get(survivor).then().body("country", equalTo("GB"));
            unmerge(member).then().statusCode(200);
            get(patched.<String>path("id")).then().body("country", equalTo("GB"));
        } else {
            patched.then()
                    .header("Retry-After", equalTo("1"))
                    .body("code", equalTo("customer-merged"));
            get(survivor).then().body("$", not(hasKey("country")));
        }
    }

    /**
     * The locks of both rows: an edit under the member's name that comes after the unmerge is the
     * member's.
     */
    @RepeatedTest(3)
    void what_is_said_under_a_member_s_name_meets_an_unmerge_before_or_after() {
        String card = newExternalId();
        UUID survivor = registered("{}");
        UUID member = known(card);
        merge(survivor, member).then().statusCode(200);

        List<Response> answers =
                AtOnce.run(
                        2,
                        n ->
                                n == 0
                                        ? unmerge(member)
                                        : CustomersApi.put("shop", card, "{\"country\": \"GB\"}"));

        answers.get(0).then().statusCode(200);
        Response put = answers.get(1);
        assertThat(put.statusCode()).isIn(200, 409);
        if (put.statusCode() == 200) {
            get(put.<String>path("id")).then().body("country", equalTo("GB"));
            boolean meanwhile = put.path("id").equals(survivor.toString());
            get(meanwhile ? member : survivor).then().body("$", not(hasKey("country")));
        }
    }

    /** The lock of the row of the customer who has the identity. */
    @RepeatedTest(3)
    void an_identity_is_moved_before_a_merge_or_stays_with_its_member() {
        String card = newExternalId();
        UUID survivor = registered("{}");
        UUID member = known(card);
        UUID other = registered("{}");

        List<Response> answers =
                AtOnce.run(2, n -> n == 0 ? merge(survivor, member) : move(card, other));

        answers.get(0).then().statusCode(200);
        Response moved = answers.get(1);
        assertThat(moved.statusCode()).isIn(200, 409);
        boolean before = moved.statusCode() == 200;
        getBy(agent(), "shop", card)
                .then()
                .body("id", equalTo((before ? other : survivor).toString()));
        unmerge(member).then().statusCode(200);
        getBy(agent(), "shop", card)
                .then()
                .body("id", equalTo((before ? other : member).toString()));
    }

    /**
     * The survivor's version: of those who edit what it shows, each sees what the one before made.
     */
    @RepeatedTest(3)
    void merges_into_one_survivor_and_unmerges_take_turns() {
        UUID survivor = registered("{}");
        List<UUID> members = Stream.generate(() -> registered("{}")).limit(CALLERS).toList();

        List<Response> merged = AtOnce.run(CALLERS, n -> merge(survivor, members.get(n)));
        assertThat(merged).extracting(Response::statusCode).containsOnly(200);
        assertThat(merged).extracting(answer -> answer.header("ETag")).doesNotHaveDuplicates();
        assertThat(get(survivor).<List<String>>path("members")).hasSize(CALLERS);

        List<Response> unmerged = AtOnce.run(CALLERS * 2, n -> unmerge(members.get(n % CALLERS)));
        assertThat(unmerged).extracting(Response::statusCode).containsOnly(200, 409);
        assertThat(unmerged).filteredOn(answer -> answer.statusCode() == 200).hasSize(CALLERS);
        get(survivor).then().body("$", not(hasKey("members")));
    }
}
