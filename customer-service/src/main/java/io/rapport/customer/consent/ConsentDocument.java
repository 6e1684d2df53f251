package io.rapport.customer.consent;

import io.rapport.customer.consent.ConsentHistory.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All that customers have said of consents, page by page, for a document of what is held. */
@ApplicationScoped
public class ConsentDocument {

    private final ConsentHistory history;

    ConsentDocument(ConsentHistory history) {
        this.history = history;
    }

    /** What these customers said, newest first, after {@code last}. */
    public List<ConsentRecordView> page(
            List<UUID> customers, @Nullable ConsentRecordView last, int rows) {
        Place after = last == null ? null : new Place(last.recordedAt(), last.id());
        return history.page(customers, after, rows).stream().map(ConsentRecordView::of).toList();
    }
}
