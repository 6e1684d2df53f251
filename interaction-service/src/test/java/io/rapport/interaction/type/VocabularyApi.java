package io.rapport.interaction.type;

import io.rapport.interaction.InteractionsApi;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How managers keep types, channels and touchpoints; each test makes codes of its own. */
public final class VocabularyApi {

    private VocabularyApi() {}

    /** A code of a type or channel that nobody has used before. */
    public static String newWord() {
        return "T" + UUID.randomUUID().toString().replace("-", "_").toUpperCase(Locale.ROOT);
    }

    /** A code of a touchpoint that nobody has used before. */
    public static String newSlug() {
        return "t" + UUID.randomUUID().toString().replace("-", "");
    }

    /** {@code list}: types, channels or touchpoints. */
    public static Response put(
            String list, String code, @Nullable String header, String value, String terms) {
        var request =
                InteractionsApi.as(Tokens.manager()).contentType(ContentType.JSON).body(terms);
        return (header == null ? request : request.header(header, value))
                .put("/interactions/{list}/{code}", list, code);
    }

    public static Response make(String list, String code, String terms) {
        return put(list, code, "If-None-Match", "*", terms);
    }

    /** A type that carries no amount, with this schema; {@code null} for none. */
    public static String newType(String schema) {
        String code = newWord();
        make("types", code, type("NONE", schema, true)).then().statusCode(201);
        return code;
    }

    public static String type(String amountRule, String schema, boolean active) {
        return "{\"label\": \"A type\", \"amountRule\": \"%s\", \"schema\": %s, \"active\": %s}"
                .formatted(amountRule, schema, active);
    }

    public static String word(boolean active) {
        return "{\"label\": \"A word\", \"active\": %s}".formatted(active);
    }

    public static Response delete(String list, String code, @Nullable String ifMatch) {
        var request = InteractionsApi.as(Tokens.manager());
        return (ifMatch == null ? request : request.header("If-Match", ifMatch))
                .delete("/interactions/{list}/{code}", list, code);
    }
}
