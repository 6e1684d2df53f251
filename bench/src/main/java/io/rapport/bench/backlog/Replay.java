package io.rapport.bench.backlog;

import io.rapport.bench.load.Call;
import io.rapport.bench.load.LoadClient;
import io.rapport.bench.load.Rounds;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A replay of the context, as an admin commands it. */
final class Replay {
    private static final String CONTEXT = "/relationships/projections/context";

    private final Rounds calls;
    private final int port;

    Replay(LoadClient admin, int port) {
        this.calls = new Rounds(admin, 1);
        this.port = port;
    }

    /** What all pages together say. */
    record Comparison(long customers, long differences, long unsettled) {}

    /** Begins it, and answers its generation. */
    int begin() {
        return answer(Call.replace(port, CONTEXT + "/replay")).getInteger("beside");
    }

    Comparison compare() {
        long customers = 0;
        long differences = 0;
        long unsettled = 0;
        String after = "";
        while (after != null) {
            JsonObject page = answer(Call.get(port, CONTEXT + "/differences" + after));
            customers += page.getInteger("compared");
            differences += page.getJsonArray("items").size();
            unsettled += page.getJsonArray("unsettled").size();
            after = following(page.getString("next"));
        }
        return new Comparison(customers, differences, unsettled);
    }

    private static @Nullable String following(@Nullable String next) {
        return next == null ? null : "?after=" + next;
    }

    private JsonObject answer(Call call) {
        return calls.sendAll(1, index -> call).getFirst();
    }
}
