package io.rapport.customer.erasure;

import io.rapport.customer.erasure.CustomerErasure.Part;
import io.rapport.customer.erasure.ErasureCertificate.Confirmation;
import io.rapport.customer.erasure.ErasureRows.Heard;
import io.rapport.customer.profile.CustomerRow;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells how far erasures have come. */
@ApplicationScoped
class ErasureReading {

    /** Who erases besides customer-service, each what it holds. */
    static final List<String> SERVICES =
            Stream.of(Topic.INTERACTIONS, Topic.LOYALTY, Topic.FEEDBACK)
                    .map(Topic::service)
                    .toList();

    private final ErasureRows erasures;
    private final CustomerRows customers;
    private final ErasureConfig config;

    ErasureReading(ErasureRows erasures, CustomerRows customers, ErasureConfig config) {
        this.erasures = erasures;
        this.customers = customers;
        this.config = config;
    }

    /** The erasure of a customer: 404 when there is none. */
    CustomerErasure of(CustomerReference reference) {
        ErasureRows.Row row = require(reference);
        List<Heard> heard = erasures.heard(row.id());
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(Topic.CUSTOMERS.service(), row.customers().size(), row.requestedAt()));
        SERVICES.forEach(service -> parts.add(part(service, row, heard)));
        Instant completedAt = row.completedAt();
        return new CustomerErasure(
                row.id(),
                row.customers(),
                row.reason(),
                row.requestedBy(),
                row.requestedAt(),
                completedAt == null ? ErasureState.RUNNING : ErasureState.COMPLETED,
                completedAt,
                row.counts(),
                parts);
    }

    private static Part part(String service, ErasureRows.Row row, List<Heard> heard) {
        List<Instant> erased =
                heard.stream()
                        .map(Heard::confirmation)
                        .filter(one -> one.service().equals(service))
                        .map(Confirmation::erasedAt)
                        .sorted()
                        .toList();
        return new Part(
                service,
                erased.size(),
                erased.size() == row.customers().size() ? erased.getLast() : null);
    }

    /** The same when it is completed: 409 before. */
    ErasureCertificate certificate(CustomerReference reference) {
        ErasureRows.Row row = require(reference);
        Instant completedAt = row.completedAt();
        if (completedAt == null) {
            throw Refusal.conflict(
                    "erasure-is-running",
                    "A certificate is given when all services have confirmed. Look at the erasure for who has.");
        }
        List<Heard> heard = erasures.heard(row.id());
        Instant told = tombstonesSentBy(heard);
        return new ErasureCertificate(
                row.id(),
                row.customers(),
                row.reason(),
                row.requestedAt(),
                completedAt,
                row.counts(),
                heard.stream().map(Heard::confirmation).toList(),
                told,
                told.plus(config.compactionLag()),
                row.filesCleanBy(),
                row.exportsCleanBy());
    }

    /**
     * Of each customer the first confirmation proves that its tombstone was sent before; the last
     * of these proves it for all.
     */
    private static Instant tombstonesSentBy(List<Heard> heard) {
        return heard.stream()
                .collect(
                        Collectors.groupingBy(
                                one -> one.confirmation().customer(),
                                Collectors.minBy(Comparator.comparing(Heard::confirmedAt))))
                .values()
                .stream()
                .flatMap(Optional::stream)
                .map(Heard::confirmedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** By the id of any of them: an identity names nobody any more. */
    private ErasureRows.Row require(CustomerReference reference) {
        UUID id =
                reference
                        .id()
                        .orElseThrow(
                                () ->
                                        Refusal.invalid(
                                                "id-needed",
                                                "An erasure is looked up by the customer's id: its identities are erased."));
        return erasures.of(id).orElseThrow(() -> none(reference));
    }

    private Refusal none(CustomerReference reference) {
        Optional<CustomerRow> there = customers.named(reference);
        return there.isEmpty()
                ? CustomerRows.unknown()
                : Refusal.notFound("not-erased", "This customer is not being erased.");
    }
}
