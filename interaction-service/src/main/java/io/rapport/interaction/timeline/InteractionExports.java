package io.rapport.interaction.timeline;

import io.rapport.directory.Directory;
import io.rapport.directory.KnownPreferences;
import io.rapport.directory.Relationship;
import io.rapport.interaction.Interaction;
import io.rapport.interaction.fact.Fact;
import io.rapport.interaction.fact.FactLists;
import io.rapport.interaction.fact.FactPlace;
import io.rapport.interaction.promise.DuePlace;
import io.rapport.interaction.promise.Promise;
import io.rapport.interaction.promise.PromiseLists;
import io.rapport.interaction.thread.ThreadExports;
import io.rapport.interaction.timeline.ExportPlace.Part;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that is held of a customer, page by page, whoever asks for it: the interactions, then
 * the promises, then the facts. A page is filled with any of them.
 */
@ApplicationScoped
class InteractionExports {

    /** A page on the way: how much room is left, and where the next one begins once it is full. */
    private static final class Filling {

        private final ExportPlace begin;
        private int room;
        private @Nullable ExportPlace next;

        Filling(ExportPlace begin, int room) {
            this.begin = begin;
            this.room = room;
        }

        /** Reads one row more than there is room for, after a place, and answers those that fit. */
        <T> List<T> take(
                Part part,
                BiFunction<@Nullable Cursor, Integer, List<T>> read,
                Function<T, Cursor> place) {
            if (next != null || part.compareTo(begin.part()) < 0) {
                return List.of();
            }
            Cursor after = part == begin.part() ? begin.last() : null;
            List<T> found = new ArrayList<>(read.apply(after, room + 1));
            if (found.size() > room) {
                found = found.subList(0, room);
                Cursor last = found.isEmpty() ? after : place.apply(found.getLast());
                next = new ExportPlace(part, last);
            }
            room -= found.size();
            return List.copyOf(found);
        }
    }

    private final Timeline timeline;
    private final InteractionVersions history;
    private final PromiseLists promises;
    private final ThreadExports threads;
    private final FactLists facts;
    private final Directory directory;
    private final KnownPreferences preferences;
    private final Versions versions;

    InteractionExports(
            Timeline timeline,
            InteractionVersions history,
            PromiseLists promises,
            ThreadExports threads,
            FactLists facts,
            Directory directory,
            KnownPreferences preferences,
            Versions versions) {
        this.timeline = timeline;
        this.history = history;
        this.promises = promises;
        this.threads = threads;
        this.facts = facts;
        this.directory = directory;
        this.preferences = preferences;
        this.versions = versions;
    }

    /** A cursor of somebody else's export is refused. */
    InteractionExport of(Relationship of, PageRequest page) {
        String list = "export of interactions of " + of.survivor();
        ExportPlace begin = page.after(list).map(ExportPlace::of).orElse(ExportPlace.BEGIN);
        versions.read(of.members());
        List<UUID> members = of.members();
        Filling filling = new Filling(begin, page.limit());
        List<Interaction> happened =
                filling.take(
                        Part.INTERACTIONS,
                        (after, rows) ->
                                timeline.pageWithText(
                                        members, after == null ? null : Place.of(after), rows),
                        Place::at);
        List<Promise> promised =
                filling.take(
                        Part.PROMISES,
                        (after, rows) ->
                                promises.after(
                                        members, after == null ? null : DuePlace.of(after), rows),
                        DuePlace::at);
        List<Fact> told =
                filling.take(
                        Part.FACTS,
                        (after, rows) ->
                                facts.after(
                                        members, after == null ? null : FactPlace.of(after), rows),
                        FactPlace::at);
        ExportPlace next = filling.next;
        return new InteractionExport(
                of.survivor(),
                members,
                directory.identities(members),
                directory.birthdays(members),
                preferences.of(of.survivor()),
                happened,
                history.ofCorrected(happened),
                promised,
                threads.of(happened, members),
                told,
                facts.ofCorrected(told),
                next == null ? null : next.cursor().encode(list));
    }
}
