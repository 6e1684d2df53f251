package io.rapport.customer.access;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.customer.access.MergeRows.Different;
import io.rapport.customer.access.MergeRows.Merge;
import io.rapport.customer.consent.ConsentDocument;
import io.rapport.customer.consent.ConsentRecordView;
import io.rapport.customer.context.ContextReading;
import io.rapport.customer.context.CustomerContext;
import io.rapport.customer.erasure.LegalHold;
import io.rapport.customer.erasure.LegalHolds;
import io.rapport.customer.history.HistoryDocument;
import io.rapport.customer.history.RecordedChange;
import io.rapport.customer.history.ShownVersions.Range;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.MergeLinks;
import io.rapport.customer.profile.Merged;
import io.rapport.customer.segment.MemberView;
import io.rapport.customer.segment.OverrideView;
import io.rapport.customer.segment.SegmentDocument;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes all that this service holds of a customer and of those merged into it, as JSON. What may
 * be long is read page by page while it is sent, so it takes little memory and holds no connection
 * between two pages; each page is of its own moment. Whoever was merged into it and is somebody
 * else is not told of: versions that show values of theirs are left out, by their numbers.
 */
@ApplicationScoped
class AccessDocument {

    private static final int PAGE = 200;

    private final CustomerRows customers;
    private final MergeLinks links;
    private final ContextReading contexts;
    private final ConsentDocument consents;
    private final HistoryDocument history;
    private final MergeRows merges;
    private final SegmentDocument segments;
    private final LegalHolds holds;
    private final ObjectMapper json;
    private final Clock clock;

    AccessDocument(
            CustomerRows customers,
            MergeLinks links,
            ContextReading contexts,
            ConsentDocument consents,
            HistoryDocument history,
            MergeRows merges,
            SegmentDocument segments,
            LegalHolds holds,
            ObjectMapper json,
            Clock clock) {
        this.customers = customers;
        this.links = links;
        this.contexts = contexts;
        this.consents = consents;
        this.history = history;
        this.merges = merges;
        this.segments = segments;
        this.holds = holds;
        this.json = json;
        this.clock = clock;
    }

    /** {@code own}: for the customer itself, without what staff noted for themselves. */
    StreamingOutput of(Customer customer, boolean own) {
        CustomerContext context = contexts.of(customer.reference());
        Merged held = links.of(customer.id());
        return out -> write(out, held, context, own);
    }

    /**
     * A failure leaves the document open: before its first part is sent the answer is a problem,
     * and then the connection breaks off. Nothing closes it but its end.
     */
    private void write(OutputStream to, Merged held, CustomerContext context, boolean own)
            throws IOException {
        JsonGenerator out =
                json.createGenerator(to)
                        .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT)
                        .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        out.writeStartObject();
        List<UUID> all = held.each().map(Customer::id).toList();
        writeMembers(out, held, all, context, own);
        requireNoneErased(all);
        out.writeBooleanField("complete", true);
        out.writeEndObject();
        out.close();
    }

    /** Of who was erased while it was read the rest had gone: it is not whole. */
    private void requireNoneErased(List<UUID> all) {
        customers.byIds(all).values().forEach(Customer::requireNotErased);
    }

    private void writeMembers(
            JsonGenerator out, Merged held, List<UUID> all, CustomerContext context, boolean own)
            throws IOException {
        UUID customer = held.own().id();
        List<Range> leftOut = history.leftOut(all);
        out.writePOJOField("customer", customer);
        out.writePOJOField("madeAt", clock.instant());
        out.writePOJOField("manifest", AccessManifest.of(customer, context.sources(), own));
        out.writePOJOField("profile", context.profile());
        out.writePOJOField("customers", held.each().map(HeldCustomer::of).toList());
        out.writePOJOField("interactions", context.interactions());
        out.writePOJOField("loyalty", context.loyalty());
        out.writePOJOField("feedback", context.feedback());
        write(
                out,
                "merges",
                last -> merges.merges(all, last, PAGE),
                (Merge one) -> own ? one.withoutReasons() : one);
        write(
                out,
                "consents",
                last -> consents.page(all, last, PAGE),
                (ConsentRecordView one) -> own ? one.withoutActor() : one);
        write(
                out,
                "segments",
                last -> segments.page(customer, last, PAGE),
                (MemberView one) -> one);
        out.writeArrayFieldStart("changes");
        for (Customer one : held.each().toList()) {
            writeEach(
                    out,
                    last -> history.page(one.id(), one.version(), leftOut, last, PAGE),
                    (RecordedChange change) -> HeldChange.of(one.id(), change, own));
        }
        out.writeEndArray();
        out.writePOJOField("changesLeftOut", leftOut);
        if (!own) {
            writeForStaff(out, all);
        }
    }

    private void writeForStaff(JsonGenerator out, List<UUID> all) throws IOException {
        out.writeArrayFieldStart("notTheSame");
        for (UUID one : all) {
            writeEach(out, last -> merges.different(one, last, PAGE), (Different pair) -> pair);
        }
        out.writeEndArray();
        write(
                out,
                "segmentOverrides",
                last -> segments.overrides(all, last, PAGE),
                (OverrideView one) -> one);
        write(
                out,
                "legalHolds",
                last -> holds.after(all, id(last), PAGE),
                (LegalHold hold) -> hold);
    }

    private static @Nullable UUID id(@Nullable LegalHold last) {
        return last == null ? null : last.id();
    }

    private static <T> void write(
            JsonGenerator out,
            String name,
            Function<@Nullable T, List<T>> pages,
            Function<T, ?> told)
            throws IOException {
        out.writeArrayFieldStart(name);
        writeEach(out, pages, told);
        out.writeEndArray();
    }

    private static <T> void writeEach(
            JsonGenerator out, Function<@Nullable T, List<T>> pages, Function<T, ?> told)
            throws IOException {
        List<T> page = pages.apply(null);
        while (!page.isEmpty()) {
            for (T one : page) {
                out.writePOJO(told.apply(one));
            }
            page = page.size() < PAGE ? List.of() : pages.apply(page.getLast());
        }
    }
}
