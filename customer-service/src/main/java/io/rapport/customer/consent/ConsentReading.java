package io.rapport.customer.consent;

import io.rapport.customer.consent.ConsentHistory.Item;
import io.rapport.customer.consent.ConsentHistory.Matters;
import io.rapport.customer.consent.ConsentHistory.Place;
import io.rapport.customer.consent.ConsentStanding.Standing;
import io.rapport.customer.identity.OwnSources;
import io.rapport.customer.profile.CustomerRow;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers what customers have allowed, and what was said of it. */
@ApplicationScoped
class ConsentReading {

    private final CustomerRows customers;
    private final ConsentStanding standings;
    private final ConsentHistory history;
    private final OwnSources sources;
    private final Caller caller;
    private final Versions versions;
    private final Clock clock;

    ConsentReading(
            CustomerRows customers,
            ConsentStanding standings,
            ConsentHistory history,
            OwnSources sources,
            Caller caller,
            Versions versions,
            Clock clock) {
        this.customers = customers;
        this.standings = standings;
        this.history = history;
        this.sources = sources;
        this.caller = caller;
        this.versions = versions;
        this.clock = clock;
    }

    /**
     * Whether something is allowed. By id it costs one statement. Whether the caller may ask at all
     * comes before whether the question is sound, so that a partner learns nothing of others.
     */
    ConsentCheck check(CustomerReference reference, CheckQuery query) {
        UUID id = reference.id().orElseGet(() -> resolved(reference));
        Standing standing =
                standings
                        .find(id, query.purpose(), query.channelName())
                        .orElseThrow(CustomerRows::unknown);
        sources.requireOneOf(standing.sources());
        standing.status().requireNotErased();
        if (!standing.purposeIsKnown()) {
            throw Purposes.unknown("purpose");
        }
        versions.own(id, standing.sequence());
        Matter matter = new Matter(id, query.purpose(), query.channel());
        Instant at = time(query.at(), standing.records());
        return answer(matter, at, ConsentFold.decide(id, standing.records(), at));
    }

    private UUID resolved(CustomerReference reference) {
        sources.require(reference);
        return customers.require(reference).customer().id();
    }

    /**
     * A consent can be withdrawn until a time comes, so no time that lies ahead can be answered.
     * What was recorded by a replica whose clock runs ahead counts now all the same.
     */
    private Instant time(@Nullable Instant asked, List<ConsentRecord> records) {
        Instant now = clock.instant();
        if (asked != null && asked.isAfter(now.plus(Evidence.CLOCK_TOLERANCE))) {
            throw CheckQuery.wrong("at", "must not lie ahead: check when it is time");
        }
        if (asked != null && asked.isBefore(now)) {
            return asked;
        }
        return records.stream()
                .map(ConsentRecord::recordedAt)
                .filter(now::isBefore)
                .max(Instant::compareTo)
                .orElse(now);
    }

    private ConsentCheck answer(Matter matter, Instant at, ConsentDecision decision) {
        ConsentRecord record = decision.record();
        return new ConsentCheck(
                matter.customer(),
                matter.purpose(),
                matter.channel(),
                at,
                decision.isPermission(),
                decision.state(),
                decision.validUntil(),
                record == null ? null : ConsentRecordView.of(record, caller::speaksFor));
    }

    /** What holds now of each purpose and channel of which anything was said. */
    Page<ConsentView> current(CustomerReference reference, PageRequest page) {
        UUID id = seen(reference);
        String filters = "consents of " + id;
        Cursor after = page.after(filters).orElse(Cursor.of("", ""));
        Matters matters = history.matters(id, after.text(0), after.text(1), page.limit());
        return Page.of(matters.found(), matters.page(), filters, ConsentReading::place)
                .map(this::view);
    }

    private static Cursor place(List<ConsentRecord> last) {
        return Cursor.of(last.getFirst().purpose(), last.getFirst().channel());
    }

    private ConsentView view(List<ConsentRecord> records) {
        Matter matter = records.getFirst().matter();
        ConsentDecision decision =
                ConsentFold.decide(matter.customer(), records, time(null, records));
        return ConsentView.of(matter.purpose(), matter.channel(), decision, caller::speaksFor);
    }

    /** All that was said, newest first. */
    Page<ConsentRecordView> history(CustomerReference reference, PageRequest page) {
        UUID id = seen(reference);
        String filters = "consent history of " + id;
        Place last =
                page.after(filters)
                        .map(cursor -> new Place(cursor.instant(0), cursor.uuid(1)))
                        .orElse(null);
        List<Item> found = history.page(id, last, page.limitPlusOne());
        return Page.of(found, page.limit(), filters, ConsentReading::place)
                .map(ConsentRecordView::of);
    }

    private static Cursor place(Item last) {
        return Cursor.of(last.record().recordedAt(), last.record().id());
    }

    private UUID seen(CustomerReference reference) {
        CustomerRow row = customers.require(reference);
        versions.own(row.customer().id(), row.sequence());
        return row.customer().id();
    }
}
