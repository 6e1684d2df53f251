package io.rapport.bench.load;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * A request to a service of this machine. Its answer must have the expected status, or any where
 * none is expected; {@code atLeast} are versions that it may not be older than.
 */
public record Call(
        HttpMethod method,
        int port,
        String path,
        @Nullable String json,
        @Nullable String atLeast,
        @Nullable Integer expectedStatus) {

    public static Call get(int port, String path) {
        return new Call(HttpMethod.GET, port, path, null, null, 200);
    }

    /** Reads what is no older than these versions, if it is there in time. */
    public static Call getAtLeast(int port, String path, String versions) {
        return new Call(HttpMethod.GET, port, path, null, versions, null);
    }

    public static Call post(int port, String path, String json) {
        return new Call(HttpMethod.POST, port, path, json, null, 201);
    }

    /** Posts a question, which makes nothing. */
    public static Call ask(int port, String path, String json) {
        return new Call(HttpMethod.POST, port, path, json, null, 200);
    }

    /** Posts what may be refused. */
    public static Call attempt(int port, String path, String json) {
        return new Call(HttpMethod.POST, port, path, json, null, null);
    }

    /** Posts lines, each of which stands alone. */
    public static Call batch(int port, String path, String lines) {
        return new Call(HttpMethod.POST, port, path, lines, null, 200);
    }

    public static Call put(int port, String path, String json) {
        return new Call(HttpMethod.PUT, port, path, json, null, 201);
    }

    /** Changes what is there, whatever its version is. */
    public static Call patch(int port, String path, String json) {
        return new Call(HttpMethod.PATCH, port, path, json, null, 200);
    }

    /** A PUT without a body, of what may be there already. */
    public static Call replace(int port, String path) {
        return new Call(HttpMethod.PUT, port, path, null, null, 200);
    }

    /** Of what is sent. */
    String contentType() {
        return method.equals(HttpMethod.PATCH) ? "application/merge-patch+json" : answerType();
    }

    /** Of what is answered: lines for lines. */
    String answerType() {
        return path.endsWith("/batch") ? "application/x-ndjson" : "application/json";
    }

    @Nullable Buffer body() {
        return json == null ? null : Buffer.buffer(json);
    }
}
