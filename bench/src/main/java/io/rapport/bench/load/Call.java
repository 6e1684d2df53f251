package io.rapport.bench.load;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/** A request to a service of this machine, and the status that its answer must have. */
public record Call(
        HttpMethod method, int port, String path, @Nullable String json, int expectedStatus) {

    public static Call get(int port, String path) {
        return new Call(HttpMethod.GET, port, path, null, 200);
    }

    public static Call post(int port, String path, String json) {
        return new Call(HttpMethod.POST, port, path, json, 201);
    }

    public static Call put(int port, String path, String json) {
        return new Call(HttpMethod.PUT, port, path, json, 201);
    }

    /** A PUT without a body, of what may be there already. */
    public static Call replace(int port, String path) {
        return new Call(HttpMethod.PUT, port, path, null, 200);
    }

    @Nullable Buffer body() {
        return json == null ? null : Buffer.buffer(json);
    }
}
