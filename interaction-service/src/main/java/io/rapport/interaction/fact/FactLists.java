package io.rapport.interaction.fact;

import io.rapport.directory.Relationship;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what a customer and those merged with them told us, whoever asks for it. */
@ApplicationScoped
public class FactLists {

    /** An interaction may be told of so long before it happens. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final FactRows facts;
    private final FactVersionRows history;
    private final Versions versions;
    private final Clock clock;

    FactLists(FactRows facts, FactVersionRows history, Versions versions, Clock clock) {
        this.facts = facts;
        this.history = history;
        this.versions = versions;
        this.clock = clock;
    }

    /** What is known of these customers now, by topic and key: of each key one fact at most. */
    public List<Fact> known(List<UUID> customers) {
        return facts.lastTold(customers, clock.instant().plus(CLOCK_TOLERANCE)).stream()
                .filter(fact -> fact.holdsAt(clock.instant()))
                .toList();
    }

    /** What is known of them now under this key. */
    public Optional<Fact> known(List<UUID> customers, String key) {
        return facts.lastTold(customers, key, clock.instant().plus(CLOCK_TOLERANCE), null)
                .filter(fact -> fact.holdsAt(clock.instant()));
    }

    /**
     * All that these customers told, forgotten facts without their value too, after {@code last},
     * told last first; at most so many.
     */
    public List<Fact> after(List<UUID> customers, @Nullable FactPlace last, int rows) {
        return facts.page(customers, FactFilter.NONE, last, rows);
    }

    /** All versions of those of them that were corrected, without who handed them in. */
    public List<FactVersion> ofCorrected(List<Fact> newest) {
        return history.of(newest.stream().filter(fact -> fact.version() > 1).toList()).stream()
                .map(FactVersion::withoutActor)
                .toList();
    }

    /** A cursor of somebody else's list is refused. */
    Page<Fact> of(Relationship of, FactFilter filter, PageRequest page) {
        String list = "facts of " + of.survivor() + " " + filter;
        FactPlace last = page.after(list).map(FactPlace::of).orElse(null);
        versions.read(of.members());
        return Page.of(
                facts.page(of.members(), filter, last, page.limitPlusOne()),
                page.limit(),
                list,
                FactPlace::at);
    }
}
