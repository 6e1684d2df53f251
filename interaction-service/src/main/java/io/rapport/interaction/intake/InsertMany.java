package io.rapport.interaction.intake;

import io.rapport.interaction.Interaction;
import io.rapport.platform.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
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
                    :contentHash, :namedHash, :subject, :text)
                AS line (
                    id, customer_id, occurred_at, recorded_at,
                    type, amount_sign, channel, direction, touchpoint,
                    amount, currency, source, source_id,
                    content_hash, named_hash, subject, text)),
            claim AS (
                INSERT INTO interaction_claim (source, source_id, customer_id, interaction_id, content_hash, named_hash)
                SELECT source, source_id, customer_id, id, content_hash, named_hash
                FROM line ORDER BY source, source_id
                ON CONFLICT (source, source_id) DO NOTHING
                RETURNING interaction_id),
            interaction AS (
                INSERT INTO interaction (customer_id, id, occurred_at, recorded_at, type, amount_sign, channel,
                                         direction, touchpoint, amount, currency, source, source_id)
                SELECT customer_id, id, occurred_at, recorded_at, type, amount_sign, channel,
                       direction, touchpoint, amount, currency, source, source_id
                FROM line JOIN claim ON claim.interaction_id = line.id),
            words AS (
                INSERT INTO interaction_text (customer_id, interaction_id, subject, text)
                SELECT customer_id, id, subject, text
                FROM line JOIN claim ON claim.interaction_id = line.id
                WHERE subject IS NOT NULL OR text IS NOT NULL)
            SELECT interaction_id FROM claim""";

    private InsertMany() {}

    /** The ids of those that were first under their keys, and so are inserted. */
    static Set<UUID> insert(Handle handle, Collection<Candidate> candidates) {
        Columns columns = new Columns(candidates);
        return handle
                .createQuery(CLAIMS_AND_INTERACTIONS)
                .bindArray("id", UUID.class, columns.of(Interaction::id))
                .bindArray("customer", UUID.class, columns.of(Interaction::customer))
                .bindArray(
                        "occurredAt",
                        String.class,
                        columns.of(fact -> fact.occurredAt().toString()))
                .bindArray(
                        "recordedAt",
                        String.class,
                        columns.of(fact -> fact.recordedAt().toString()))
                .bindArray("type", String.class, columns.of(Interaction::type))
                .bindArray(
                        "amountSign", Integer.class, columns.each(line -> line.amountRule().sign()))
                .bindArray("channel", String.class, columns.of(Interaction::channel))
                .bindArray("direction", String.class, columns.of(fact -> fact.direction().name()))
                .bindArray("touchpoint", String.class, columns.of(Interaction::touchpoint))
                .bindArray("amount", String.class, columns.of(fact -> plain(fact.amount())))
                .bindArray("currency", String.class, columns.of(fact -> currency(fact.amount())))
                .bindArray("source", String.class, columns.of(Interaction::source))
                .bindArray("sourceId", String.class, columns.of(Interaction::sourceId))
                .bindArray(
                        "contentHash", UUID.class, columns.each(line -> line.claim().contentHash()))
                .bindArray("namedHash", UUID.class, columns.each(line -> line.claim().namedHash()))
                .bindArray("subject", String.class, columns.of(Interaction::subject))
                .bindArray("text", String.class, columns.of(Interaction::text))
                .mapTo(UUID.class)
                .stream()
                .collect(Collectors.toSet());
    }

    private static @Nullable String plain(@Nullable Money money) {
        return money == null ? null : money.amount().toPlainString();
    }

    private static @Nullable String currency(@Nullable Money money) {
        return money == null ? null : money.currency();
    }

    /**
     * The candidates turned by a quarter: one list of values a column, as {@code unnest} takes
     * them.
     */
    private record Columns(Collection<Candidate> candidates) {

        List<@Nullable Object> of(Function<Interaction, @Nullable Object> value) {
            return each(candidate -> value.apply(candidate.interaction()));
        }

        List<@Nullable Object> each(Function<Candidate, @Nullable Object> value) {
            List<@Nullable Object> values = new ArrayList<>(candidates.size());
            candidates.forEach(candidate -> values.add(value.apply(candidate)));
            return values;
        }
    }
}
