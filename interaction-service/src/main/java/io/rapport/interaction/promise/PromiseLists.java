package io.rapport.interaction.promise;

import io.rapport.directory.Relationship;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists what was promised to a customer and those merged with them, whoever asks for it. */
@ApplicationScoped
public class PromiseLists {

    private final PromiseRows promises;
    private final Versions versions;

    PromiseLists(PromiseRows promises, Versions versions) {
        this.promises = promises;
        this.versions = versions;
    }

    /**
     * All that was promised to these customers and comes after {@code last}, due last first, as it
     * stands now; at most so many.
     */
    public List<Promise> after(List<UUID> customers, @Nullable DuePlace last, int rows) {
        return promises.page(customers, null, last, rows);
    }

    /** What is open of what was promised to these customers, due first; at most so many. */
    public List<Promise> open(List<UUID> customers, int rows) {
        return promises.open(customers, rows);
    }

    /** A cursor of somebody else's list is refused. */
    Page<Promise> of(Relationship of, @Nullable PromiseState state, PageRequest page) {
        String list = "promises of " + of.survivor() + " " + state;
        DuePlace last = page.after(list).map(DuePlace::of).orElse(null);
        versions.read(of.members());
        return Page.of(
                promises.page(of.members(), state, last, page.limitPlusOne()),
                page.limit(),
                list,
                DuePlace::at);
    }
}
