package io.rapport.customer.search;

import static io.rapport.customer.CustomersApi.agent;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Searches as callers make them. */
public final class SearchApi {

    private SearchApi() {}

    public static Response search(Map<String, ?> body) {
        return post(agent(), "search", body);
    }

    public static Response search(String query) {
        return search(Map.of("query", query));
    }

    public static Response lookUp(String kind, String value) {
        return post(agent(), "lookup", Map.of("kind", kind, "value", value));
    }

    static Response lookUp(String kind, String value, String network) {
        return post(agent(), "lookup", Map.of("kind", kind, "value", value, "network", network));
    }

    public static Response post(RequestSpecification caller, String what, Map<String, ?> body) {
        return caller.contentType(ContentType.JSON).body(body).post("/customers/" + what);
    }

    /** The ids of all that are found, page by page. */
    public static List<String> all(String what, int limit, Map<String, ?> body, String path) {
        List<String> found = new ArrayList<>();
        @Nullable String after = null;
        do {
            RequestSpecification page = agent().queryParam("limit", limit);
            if (after != null) {
                page.queryParam("after", after);
            }
            Response answer = post(page, what, body);
            answer.then().statusCode(200);
            found.addAll(answer.path(path));
            after = answer.path("next");
        } while (after != null);
        return found;
    }

    public static List<String> found(String query) {
        return all("search", 100, Map.of("query", query), "items.customer.id");
    }

    /** Letters that no other test has made a name of. */
    public static String newName(int letters) {
        return ThreadLocalRandom.current()
                .ints(letters, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
