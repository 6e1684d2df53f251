package io.rapport.customer.history;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All that changed of a customer, page by page, for a document of what is held. */
@ApplicationScoped
public class HistoryDocument {

    private final HistoryRows history;

    HistoryDocument(HistoryRows history) {
        this.history = history;
    }

    /** What changed of this very customer, newest first, after {@code last}. */
    public List<RecordedChange> page(UUID customer, @Nullable RecordedChange last, int rows) {
        return history.page(
                customer,
                HistoryFilter.Checked.ALL,
                last == null ? null : ChangeId.parse(last.id()),
                rows);
    }
}
