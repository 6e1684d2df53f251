package io.rapport.feedback.intake;

import io.rapport.directory.Directory;
import io.rapport.directory.Relationship;
import io.rapport.feedback.intake.FeedbackRows.Position;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Reads all that is held of a customer, page by page, whoever asks for it. */
@ApplicationScoped
class FeedbackExports {

    private final FeedbackRows rows;
    private final Directory directory;
    private final Versions versions;

    FeedbackExports(FeedbackRows rows, Directory directory, Versions versions) {
        this.rows = rows;
        this.directory = directory;
        this.versions = versions;
    }

    /** A cursor of somebody else's export is refused. */
    FeedbackExport of(Relationship of, PageRequest page) {
        String list = "export of feedback of " + of.survivor();
        @Nullable Position after = page.after(list).map(Position::at).orElse(null);
        versions.read(of.members());
        Page<Feedback> found =
                Page.of(
                        rows.ofCustomers(of.members(), null, after, page.limitPlusOne()),
                        page.limit(),
                        list,
                        last -> Position.of(last).cursor());
        return new FeedbackExport(
                of.survivor(),
                of.members(),
                directory.identities(of.members()),
                found.items(),
                found.next());
    }
}
