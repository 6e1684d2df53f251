package io.rapport.interaction.correction;

import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.served;
import static io.rapport.interaction.correction.CorrectionsApi.content;
import static io.rapport.interaction.correction.CorrectionsApi.correct;
import static io.rapport.interaction.correction.CorrectionsApi.versions;
import static io.rapport.interaction.type.VocabularyApi.make;
import static io.rapport.interaction.type.VocabularyApi.newSlug;
import static io.rapport.interaction.type.VocabularyApi.newType;
import static io.rapport.interaction.type.VocabularyApi.put;
import static io.rapport.interaction.type.VocabularyApi.type;
import static io.rapport.interaction.type.VocabularyApi.word;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a correction cannot do, and who can make none. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class BadCorrectionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'type': 'CALL'                                  | 409 | figures-stay | /type",
                "'channel': 'STORE'                              | 409 | figures-stay | /channel",
                "'direction': 'OUTBOUND'                         | 409 | figures-stay | /direction",
                "'amount': {'amount': '1.00', 'currency': 'GBP'} | 409 | figures-stay | /amount",
                "'occurredAt': '2026-11-20T09:14:06Z'            | 409 | figures-stay | /occurredAt",
                "'customer': 'shop:1'                            | 400 | invalid-fields | /customer",
                "'touchpoint': 'nowhere'                         | 400 | invalid-interaction | /touchpoint",
                "'outcome': 'FINE'                               | 400 | invalid-interaction | /outcome",
                "'attributes': {'a': 1}                          | 400 | invalid-interaction | /attributes",
            })
    void what_a_correction_cannot_say_is_told_at_its_place(
            String member, int status, String code, String pointer) {
        String id = post(purchase(newCustomer())).path("id");

        correct(
                        newId(),
                        id,
                        "{'version': 1, 'reason': 'Because', 'subject': 'S', %s}"
                                .formatted(member)
                                .replace('\'', '"'))
                .then()
                .statusCode(status)
                .body("code", equalTo(code))
                .body("errors.pointer", hasItem(pointer));
        versions(id).then().body("items", hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'version': 1}",
                "{'version': 1, 'reason': ' '}",
                "{'version': 1, 'reason': 'two\\nlines'}",
                "{'reason': 'Because', 'subject': 'S'}",
            })
    void a_correction_has_a_version_and_a_reason(String body) {
        String id = post(purchase(newCustomer())).path("id");

        correct(newId(), id, body.replace('\'', '"')).then().statusCode(400);
    }

    @Test
    void text_is_bounded_as_when_it_was_recorded_and_markup_is_kept_as_it_is() {
        String id = post(purchase(newCustomer())).path("id");
        String markup = "<script>alert('\u00fc')</script>";

        correct(id, said("\u00fc".repeat(50_001)))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/text"));
        correct(id, said("t".repeat(1 << 20))).then().statusCode(400);
        correct(id, said(markup))
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("text", equalTo(markup))
                .body("version", equalTo(2));
    }

    @Test
    void what_says_all_of_that_already_is_not_corrected_and_nothing_more_than_ten_times() {
        Map<String, @Nullable Object> told = served(purchase(newCustomer()));
        String id = post(told).path("id");
        Map<String, @Nullable Object> same = content(told);
        correct(id, same).then().statusCode(409).body("code", equalTo("nothing-to-correct"));
        for (int version = 1; version <= 10; version++) {
            correct(
                            id,
                            Map.of(
                                    "version",
                                    version,
                                    "reason",
                                    "Because",
                                    "subject",
                                    "No. " + version))
                    .then()
                    .statusCode(200);
        }

        correct(id, Map.of("version", 11, "reason", "Because", "subject", "Once more"))
                .then()
                .statusCode(409)
                .body("code", equalTo("too-many-corrections"));
        versions(id).then().body("items", hasSize(11));
    }

    @Test
    void what_it_leaves_as_it_is_may_be_retired_and_what_it_changes_may_not() {
        String touchpoint = newSlug();
        make("touchpoints", touchpoint, word(true)).then().statusCode(201);
        String type = newType("{\"properties\": {\"a\": {\"type\": \"integer\"}}}");
        Map<String, @Nullable Object> told = purchase(newCustomer());
        told.put("type", type);
        told.put("amount", null);
        told.put("touchpoint", touchpoint);
        told.put("attributes", Map.of("a", 1));
        String id = post(told).path("id");
        put("touchpoints", touchpoint, "If-Match", "*", word(false)).then().statusCode(200);
        put("types", type, "If-Match", "*", type("NONE", "{\"required\": [\"b\"]}", false))
                .then()
                .statusCode(200);

        Map<String, @Nullable Object> correction = new LinkedHashMap<>();
        correction.put("version", 1);
        correction.put("reason", "Because");
        correction.put("subject", "Another");
        correction.put("touchpoint", touchpoint);
        correction.put("attributes", Map.of("a", 1));
        correct(id, correction).then().statusCode(200);
        correction.put("version", 2);
        correction.put("attributes", Map.of("a", 2));
        correct(id, correction)
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/attributes/b"));
    }

    private static Map<String, Object> said(String text) {
        return Map.of("version", 1, "reason", "Because", "text", text);
    }

    @Test
    void agents_and_managers_correct_and_staff_read_what_was_said() {
        String id = post(purchase(newCustomer())).path("id");
        for (String token : List.of(Tokens.partner("shop"), Tokens.customer("x"), Tokens.admin())) {
            as(token)
                    .contentType(ContentType.JSON)
                    .header("Idempotency-Key", newId())
                    .body("{\"version\": 1, \"reason\": \"Because\", \"subject\": \"S\"}")
                    .post("/interactions/{id}/corrections", id)
                    .then()
                    .statusCode(403);
        }
        as(Tokens.partner("shop")).get("/interactions/{id}/versions", id).then().statusCode(403);
        as(Tokens.admin()).get("/interactions/{id}/versions", id).then().statusCode(200);
        versions(newId()).then().statusCode(404);
        correct(newId(), Map.of("version", 1, "reason", "Because", "subject", "S"))
                .then()
                .statusCode(404);
    }
}
