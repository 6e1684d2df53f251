package io.rapport.customer.history;

import io.rapport.customer.history.ShownVersions.Range;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What changed of customers, page by page, for a document of what is held: without the versions
 * that show values of others, who had been merged into them and are somebody else.
 */
@ApplicationScoped
public class HistoryDocument {

    private final HistoryRows history;
    private final ShownVersions shown;

    HistoryDocument(HistoryRows history, ShownVersions shown) {
        this.history = history;
        this.shown = shown;
    }

    /** The versions that are left out of these customers, who are one now. */
    public List<Range> leftOut(Collection<UUID> customers) {
        return shown.ofOthersIn(customers);
    }

    /**
     * What changed of this very customer up to a version, newest first, after {@code last}, without
     * the ranges among {@code leftOut} that are its own.
     */
    public List<RecordedChange> page(
            UUID customer,
            long version,
            List<Range> leftOut,
            @Nullable RecordedChange last,
            int rows) {
        return history.page(
                customer,
                leftOut.stream().filter(range -> range.customer().equals(customer)).toList(),
                last == null ? new ChangeId(version + 1, 0) : ChangeId.parse(last.id()),
                rows);
    }
}
