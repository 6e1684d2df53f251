package io.rapport.interaction.fact;

import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Which facts a list shows: those under a key or topic, and forgotten ones or not. */
record FactFilter(@Nullable String key, @Nullable String topic, boolean forgottenToo) {

    static final String SLUG = "^(?=.{1,64}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$";
    static final String SLUG_RULE =
            "must be words of a-z and 0-9 joined by hyphens, at most 64 characters";

    /** All that is held. */
    static final FactFilter NONE = new FactFilter(null, null, true);

    String conditions() {
        return (key == null ? "" : " AND f.key = :key")
                + (topic == null ? "" : " AND k.topic = :topic")
                + (forgottenToo ? "" : " AND g.forgotten_at IS NULL");
    }

    void bindTo(Query query) {
        if (key != null) {
            query.bind("key", key);
        }
        if (topic != null) {
            query.bind("topic", topic);
        }
    }
}
