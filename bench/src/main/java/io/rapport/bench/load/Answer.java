package io.rapport.bench.load;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a service said, with the whole body. */
public record Answer(int status, MultiMap headers, Buffer body) {
    private static final String VERSION = "Rapport-Version";

    /** Refuses a body that is no JSON object. */
    public JsonObject json() {
        return new JsonObject(body);
    }

    public String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    /** What it wrote or has seen, to be asked for elsewhere with {@link Call#getAtLeast}. */
    public Optional<String> version() {
        return Optional.ofNullable(headers.get(VERSION));
    }

    /** The service waited for what was asked for as long as it may, or too many waited already. */
    public boolean notYetSeen() {
        return status == 503 && text().contains("not-yet-seen");
    }
}
