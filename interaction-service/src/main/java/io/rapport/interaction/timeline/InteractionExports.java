package io.rapport.interaction.timeline;

import io.rapport.directory.Directory;
import io.rapport.directory.Relationship;
import io.rapport.interaction.Interaction;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads all that is held of a customer, page by page, whoever asks for it. */
@ApplicationScoped
class InteractionExports {

    private final Timeline timeline;
    private final Directory directory;
    private final Versions versions;

    InteractionExports(Timeline timeline, Directory directory, Versions versions) {
        this.timeline = timeline;
        this.directory = directory;
        this.versions = versions;
    }

    /** A cursor of somebody else's export is refused. */
    InteractionExport of(Relationship of, PageRequest page) {
        String list = "export of interactions of " + of.survivor();
        Place last = page.after(list).map(Place::of).orElse(null);
        versions.read(of.members());
        Page<Interaction> found =
                Page.of(
                        timeline.pageWithText(of.members(), last, page.limitPlusOne()),
                        page.limit(),
                        list,
                        Place::at);
        return new InteractionExport(
                of.survivor(),
                of.members(),
                directory.identities(of.members()),
                found.items(),
                found.next());
    }
}
