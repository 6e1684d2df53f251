package io.rapport.customer.consent;

import io.rapport.customer.Identity;
import io.rapport.customer.consent.ConsentHistory.Item;
import io.rapport.customer.consent.ConsentHistory.Matters;
import io.rapport.customer.consent.ConsentHistory.Place;
import io.rapport.customer.consent.ConsentStanding.Standing;
import io.rapport.customer.identity.OwnSources;
import io.rapport.customer.profile.Customer;
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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers what customers have allowed, and what was said of it. */
@ApplicationScoped
class ConsentReading {

    private final CustomerRows customers;
    private final ConsentStanding standings;
    private final ConsentRows rows;
    private final ConsentHistory history;
    private final MergePeriodRows merges;
    private final OwnSources sources;
    private final Caller caller;
    private final Versions versions;
    private final Clock clock;

    ConsentReading(
            CustomerRows customers,
            ConsentStanding standings,
            ConsentRows rows,
            ConsentHistory history,
            MergePeriodRows merges,
            OwnSources sources,
            Caller caller,
            Versions versions,
            Clock clock) {
        this.customers = customers;
        this.standings = standings;
        this.rows = rows;
        this.history = history;
        this.merges = merges;
        this.sources = sources;
        this.caller = caller;
        this.versions = versions;
        this.clock = clock;
    }

    /**
     * Whether something is allowed. By id it costs one statement, unless the customer was ever
     * merged. Whether the caller may ask at all comes before whether the question is sound, so that
     * a partner learns nothing of others.
     */
    ConsentCheck check(CustomerReference reference, CheckQuery query) {
        UUID id = reference.id().orElseGet(() -> resolved(reference));
        Standing standing =
                standings
                        .find(id, query.purpose(), query.channelName())
                        .orElseThrow(CustomerRows::unknown);
        if (standing.wasMerged()) {
            return checkOfAll(reference, id, standing.purposeIsKnown(), query);
        }
        sources.requireOneOf(standing.sources());
        standing.status().requireNotErased();
        requireKnown(standing.purposeIsKnown());
        versions.own(id, standing.sequence());
        Matter matter = new Matter(id, query.purpose(), query.channel());
        Instant at = time(query.at(), standing.records());
        return answer(matter, at, ConsentFold.decide(id, standing.records(), at));
    }

    private ConsentCheck checkOfAll(
            CustomerReference reference, UUID id, boolean purposeIsKnown, CheckQuery query) {
        CustomerRow row = customers.find(reference).orElseThrow(CustomerRows::unknown);
        sources.requireOneOf(row.customer().names().map(Identity::source).toList());
        row.customer().requireNotErased();
        requireKnown(purposeIsKnown);
        versions.own(row.customer().id(), row.sequence());
        MergePeriods periods = merges.of(id);
        List<ConsentRecord> records = rows.of(periods.all(), query.purpose(), query.channel());
        Instant at = time(query.at(), records);
        return answer(
                new Matter(row.customer().id(), query.purpose(), query.channel()),
                at,
                ConsentFold.decide(periods.membersAt(at), records, periods, at));
    }

    private static void requireKnown(boolean purposeIsKnown) {
        if (!purposeIsKnown) {
            throw Purposes.unknown("purpose");
        }
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
        Customer customer = seen(reference);
        MergePeriods periods = merges.of(customer.id());
        String filters = "consents of " + customer.id();
        Cursor after = page.after(filters).orElse(Cursor.of("", ""));
        Matters matters =
                history.matters(periods.all(), after.text(0), after.text(1), page.limit());
        Page<List<ConsentRecord>> found =
                Page.of(matters.found(), matters.page(), filters, ConsentReading::place);
        return new Page<>(
                found.items().stream()
                        .flatMap(records -> view(customer, periods, records).stream())
                        .toList(),
                found.next());
    }

    private static Cursor place(List<ConsentRecord> last) {
        return Cursor.of(last.getFirst().purpose(), last.getFirst().channel());
    }

    /** Nothing where only others have said something, which is not said of this customer. */
    private Optional<ConsentView> view(
            Customer customer, MergePeriods periods, List<ConsentRecord> records) {
        Instant at = time(null, records);
        ConsentDecision decision = ConsentFold.decide(periods.membersAt(at), records, periods, at);
        if (decision.equals(ConsentDecision.NONE)
                && records.stream().noneMatch(one -> customer.all().contains(one.customer()))) {
            return Optional.empty();
        }
        ConsentRecord any = records.getFirst();
        return Optional.of(
                ConsentView.of(any.purpose(), any.channel(), decision, caller::speaksFor));
    }

    /** All that was said, newest first. */
    Page<ConsentRecordView> history(CustomerReference reference, PageRequest page) {
        Customer customer = seen(reference);
        String filters = "consent history of " + customer.id();
        Place last =
                page.after(filters)
                        .map(cursor -> new Place(cursor.instant(0), cursor.uuid(1)))
                        .orElse(null);
        List<Item> found = history.page(customer.all(), last, page.limitPlusOne());
        return Page.of(found, page.limit(), filters, ConsentReading::place)
                .map(ConsentRecordView::of);
    }

    private static Cursor place(Item last) {
        return Cursor.of(last.record().recordedAt(), last.record().id());
    }

    private Customer seen(CustomerReference reference) {
        CustomerRow row = customers.require(reference);
        versions.own(row.customer().id(), row.sequence());
        return row.customer();
    }
}
