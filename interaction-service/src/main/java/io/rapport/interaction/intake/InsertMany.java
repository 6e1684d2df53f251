package io.rapport.interaction.intake;

import io.rapport.interaction.Circumstances;
import io.rapport.interaction.Reference;
import io.rapport.platform.Columns;
import io.rapport.platform.Money;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The statement for many interactions at once; each column is one array, so that its text is always
 * the same.
 */
final class InsertMany {

    // Keys are claimed in their order, in which callers can wait for each other but never in a
    // circle.
    private static final String CLAIMS_AND_INTERACTIONS =
            """
            WITH line AS (
                SELECT * FROM unnest(
                    :id, :customer, CAST(:occurredAt AS timestamptz[]), CAST(:recordedAt AS timestamptz[]),
                    :type, CAST(:amountSign AS smallint[]), :channel, :direction, :touchpoint,
                    CAST(:amount AS numeric[]), :currency, :source, :sourceId,
                    :contentHash, :namedHash, :subject, :text,
                    :employee, :team, :emotions, :outcome, :duration, :wait,
                    :referenceKind, :reference, :device, :place, :attributes)
                AS line (
                    id, customer_id, occurred_at, recorded_at,
                    type, amount_sign, channel, direction, touchpoint,
                    amount, currency, source, source_id,
                    content_hash, named_hash, subject, text,
                    employee, team, emotions, outcome, duration_ms, wait_ms,
                    reference_kind, reference, device, place, attributes)),
            claim AS (
                INSERT INTO interaction_claim (source, source_id, customer_id, interaction_id, content_hash, named_hash)
                SELECT source, source_id, customer_id, id, content_hash, named_hash
                FROM line ORDER BY source, source_id
                ON CONFLICT (source, source_id) DO NOTHING
                RETURNING interaction_id),
            interaction AS (
                INSERT INTO interaction (customer_id, id, occurred_at, recorded_at, type, amount_sign, channel,
                                         direction, touchpoint, amount, currency, source, source_id,
                                         employee, team, emotions, outcome, duration_ms, wait_ms)
                SELECT customer_id, id, occurred_at, recorded_at, type, amount_sign, channel,
                       direction, touchpoint, amount, currency, source, source_id,
                       employee, team, CAST(emotions AS jsonb), outcome, duration_ms, wait_ms
                FROM line JOIN claim ON claim.interaction_id = line.id),
            words AS (
                INSERT INTO interaction_text (customer_id, interaction_id, subject, text,
                                              reference_kind, reference, device, place, attributes)
                SELECT customer_id, id, subject, text, reference_kind, reference, device, place, CAST(attributes AS json)
                FROM line JOIN claim ON claim.interaction_id = line.id
                WHERE num_nonnulls(subject, text, reference, device, place, attributes) > 0)
            SELECT interaction_id FROM claim""";

    private InsertMany() {}

    /** The ids of those that were first under their keys, and so are inserted. */
    static Set<UUID> insert(Handle handle, Collection<Candidate> candidates) {
        return Columns.of(candidates)
                .add("id", UUID.class, line -> line.interaction().id())
                .add("customer", UUID.class, line -> line.interaction().customer())
                .add("occurredAt", String.class, line -> line.interaction().occurredAt().toString())
                .add("recordedAt", String.class, line -> line.interaction().recordedAt().toString())
                .add("type", String.class, line -> line.interaction().type())
                .add("amountSign", Integer.class, line -> line.amountRule().sign())
                .add("channel", String.class, line -> line.interaction().channel())
                .add("direction", String.class, line -> line.interaction().direction().name())
                .add("touchpoint", String.class, line -> line.interaction().touchpoint())
                .add("amount", String.class, line -> plain(line.interaction().amount()))
                .add("currency", String.class, line -> currency(line.interaction().amount()))
                .add("source", String.class, line -> line.interaction().source())
                .add("sourceId", String.class, line -> line.interaction().sourceId())
                .add("contentHash", UUID.class, line -> line.claim().contentHash())
                .add("namedHash", UUID.class, line -> line.claim().namedHash())
                .add("subject", String.class, line -> line.interaction().subject())
                .add("text", String.class, line -> line.interaction().text())
                .add("employee", String.class, line -> more(line).employee())
                .add("team", String.class, line -> more(line).team())
                .add("emotions", String.class, line -> StoredForms.emotions(more(line).emotions()))
                .add("outcome", String.class, line -> StoredForms.name(more(line).outcome()))
                .add("duration", Long.class, line -> StoredForms.millis(more(line).duration()))
                .add("wait", Long.class, line -> StoredForms.millis(more(line).waited()))
                .add("referenceKind", String.class, line -> referenceKind(more(line).reference()))
                .add("reference", String.class, line -> reference(more(line).reference()))
                .add("device", String.class, line -> more(line).device())
                .add("place", String.class, line -> more(line).place())
                .add("attributes", String.class, line -> StoredForms.json(more(line).attributes()))
                .bindTo(handle.createQuery(CLAIMS_AND_INTERACTIONS))
                .mapTo(UUID.class)
                .stream()
                .collect(Collectors.toSet());
    }

    private static Circumstances more(Candidate line) {
        return line.interaction().circumstances();
    }

    private static @Nullable String referenceKind(@Nullable Reference reference) {
        return reference == null ? null : reference.kind().name();
    }

    private static @Nullable String reference(@Nullable Reference reference) {
        return reference == null ? null : reference.value();
    }

    private static @Nullable String plain(@Nullable Money money) {
        return money == null ? null : money.amount().toPlainString();
    }

    private static @Nullable String currency(@Nullable Money money) {
        return money == null ? null : money.currency();
    }
}
