package io.rapport.interaction.correction;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.newId;

import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How agents correct interactions, and read what they said before. */
final class CorrectionsApi {

    private CorrectionsApi() {}

    /** All of an interaction that a correction can say, unchanged. */
    static Map<String, @Nullable Object> content(Map<String, @Nullable Object> told) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>(told);
        List.of("customer", "source", "sourceId").forEach(content::remove);
        content.put("version", 1);
        content.put("reason", "Because");
        return content;
    }

    static Response correct(String id, Object correction) {
        return correct(newId(), id, correction);
    }

    static Response correct(String key, String id, Object correction) {
        return as(Tokens.builder().roles("agent").subject("agent-1").sign())
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(correction)
                .post("/interactions/{id}/corrections", id);
    }

    static Response versions(String id) {
        return agent().get("/interactions/{id}/versions", id);
    }
}
