package io.rapport.platform.testing;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.rapport.platform.Ids;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What holds of every {@code /me/…/export} of a service that knows customers from events: whose it
 * is, and whose it is not. Call it in a {@code @QuarkusTest}.
 */
public final class OwnExport {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final String path;
    private final String items;
    private final Events events;

    /** {@code items}: where in the answer that stands by which a test knows what is held. */
    public OwnExport(String path, String items, Events events) {
        this.path = path;
        this.items = items;
        this.events = events;
    }

    /**
     * Of two of whom these are held, newest first, each reads its own, and no page of the other.
     */
    public void isOnlyOnesOwn(UUID mine, List<?> held, UUID theirs, List<?> heldOfThem) {
        String me = link(mine);
        String they = link(theirs);
        read(me).then()
                .statusCode(200)
                .header("Rapport-Version", notNullValue())
                .header("Cache-Control", equalTo("no-store"))
                .body("customer", equalTo(mine.toString()))
                .body("members", contains(mine.toString()))
                .body("identities.source", contains("login"))
                .body(items, equalTo(held));
        read(they)
                .then()
                .statusCode(200)
                .body("customer", equalTo(theirs.toString()))
                .body(items, equalTo(heldOfThem));

        String next = as(me).queryParam("limit", 1).get(path).path("next");
        as(me).queryParam("after", next)
                .get(path)
                .then()
                .statusCode(200)
                .body(items, equalTo(held.subList(1, held.size())));
        as(they).queryParam("after", next)
                .get(path)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
    }

    /** The login of a member reads the document of the survivor, once they are merged. */
    public void isOfAllWhoWereMerged(UUID member, UUID survivor) {
        String me = link(member);
        events.sendMerge(member, 2, survivor);
        await().atMost(SOON).until(() -> read(me).<List<?>>path("members").size() == 2);
        read(me).then()
                .body("customer", equalTo(survivor.toString()))
                .body("members", containsInAnyOrder(survivor.toString(), member.toString()));
    }

    /** Neither an erased customer's login nor one that is nobody's reads anything. */
    public void isOfNobodyElse(UUID customer) {
        String me = link(customer);
        events.sendErasure(customer, 2);
        await().atMost(SOON).until(() -> read(me).statusCode() == 404);
        for (String subject : List.of(me, Ids.next().toString())) {
            read(subject).then().statusCode(404).body("code", equalTo("login-not-linked"));
        }
    }

    /** Staff and partners have no customer of their own. */
    public void isForCustomersOnly() {
        for (String token :
                List.of(Tokens.agent(), Tokens.manager(), Tokens.admin(), Tokens.partner("shop"))) {
            given().auth().oauth2(token).get(path).then().statusCode(403);
        }
    }

    /** Answers a subject whose login is the customer's, as the service knows by now. */
    private String link(UUID customer) {
        String subject = Ids.next().toString();
        events.sendLogin(customer, 2, subject);
        await().atMost(SOON).until(() -> read(subject).statusCode() == 200);
        return subject;
    }

    private Response read(String subject) {
        return as(subject).get(path);
    }

    private static RequestSpecification as(String subject) {
        return given().auth().oauth2(Tokens.customer(subject));
    }
}
