package io.rapport.interaction.timeline;

import io.rapport.directory.Directory;
import io.rapport.directory.Relationship;
import io.rapport.interaction.Interaction;
import io.rapport.interaction.promise.DuePlace;
import io.rapport.interaction.promise.Promise;
import io.rapport.interaction.promise.PromiseLists;
import io.rapport.interaction.thread.ThreadExports;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that is held of a customer, page by page, whoever asks for it: the interactions, then
 * the promises. A page is filled with either.
 */
@ApplicationScoped
class InteractionExports {

    private final Timeline timeline;
    private final InteractionVersions history;
    private final PromiseLists promises;
    private final ThreadExports threads;
    private final Directory directory;
    private final Versions versions;

    InteractionExports(
            Timeline timeline,
            InteractionVersions history,
            PromiseLists promises,
            ThreadExports threads,
            Directory directory,
            Versions versions) {
        this.timeline = timeline;
        this.history = history;
        this.promises = promises;
        this.threads = threads;
        this.directory = directory;
        this.versions = versions;
    }

    /** A cursor of somebody else's export is refused. */
    InteractionExport of(Relationship of, PageRequest page) {
        String list = "export of interactions of " + of.survivor();
        ExportPlace place = page.after(list).map(ExportPlace::of).orElse(ExportPlace.BEGIN);
        versions.read(of.members());
        int limit = page.limit();
        List<Interaction> happened =
                place.afterInteractions()
                        ? List.of()
                        : timeline.pageWithText(of.members(), place.interaction(), limit + 1);
        if (happened.size() > limit) {
            List<Interaction> shown = happened.subList(0, limit);
            return export(of, shown, List.of(), ExportPlace.at(shown.getLast()), list);
        }
        int room = limit - happened.size();
        List<Promise> promised = promises.after(of.members(), place.promise(), room + 1);
        if (promised.size() <= room) {
            return export(of, happened, promised, null, list);
        }
        List<Promise> shown = promised.subList(0, room);
        DuePlace last = shown.isEmpty() ? null : DuePlace.of(shown.getLast());
        return export(of, happened, shown, ExportPlace.at(last), list);
    }

    private InteractionExport export(
            Relationship of,
            List<Interaction> happened,
            List<Promise> promised,
            @Nullable Cursor next,
            String list) {
        return new InteractionExport(
                of.survivor(),
                of.members(),
                directory.identities(of.members()),
                directory.birthdays(of.members()),
                List.copyOf(happened),
                history.ofCorrected(happened),
                List.copyOf(promised),
                threads.of(happened),
                next == null ? null : next.encode(list));
    }
}
