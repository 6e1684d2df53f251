package io.rapport.interaction.intake;

import io.rapport.interaction.Circumstances;
import io.rapport.interaction.Interaction;
import io.rapport.interaction.Reference;
import io.rapport.platform.Money;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The statement for one interaction: half again as fast as {@link InsertMany} with a single line.
 */
final class InsertOne {

    private static final String CLAIM_AND_INTERACTION =
            """
            WITH claim AS (
                INSERT INTO interaction_claim (source, source_id, customer_id, interaction_id, content_hash, named_hash)
                VALUES (:source, :sourceId, :customer, :id, :contentHash, :namedHash)
                ON CONFLICT (source, source_id) DO NOTHING
                RETURNING interaction_id),
            interaction AS (
                INSERT INTO interaction (customer_id, id, occurred_at, recorded_at, type, amount_sign, channel,
                                         direction, touchpoint, amount, currency, source, source_id,
                                         employee, team, emotions, outcome, duration_ms, wait_ms)
                SELECT :customer, :id, :occurredAt, :recordedAt, :type, :amountSign, :channel,
                       :direction, :touchpoint, :amount, :currency, :source, :sourceId,
                       :employee, :team, CAST(:emotions AS jsonb), :outcome, :duration, :wait
                FROM claim)""";

    private static final String WORDS =
            """
            ,
            words AS (
                INSERT INTO interaction_text (customer_id, interaction_id, subject, text,
                                              reference_kind, reference, device, place, attributes)
                SELECT :customer, :id, :subject, :text,
                       :referenceKind, :reference, :device, :place, CAST(:attributes AS json) FROM claim)""";

    private static final String CLAIMED = "\nSELECT interaction_id FROM claim";

    private static final String WORDLESS = CLAIM_AND_INTERACTION + CLAIMED;
    private static final String WITH_WORDS = CLAIM_AND_INTERACTION + WORDS + CLAIMED;

    private InsertOne() {}

    /** Whether it was the first under its key, and so is inserted. */
    static boolean insert(Handle handle, Candidate candidate) {
        Interaction interaction = candidate.interaction();
        boolean wordless =
                interaction.subject() == null
                        && interaction.text() == null
                        && !interaction.circumstances().areClearable();
        Query query = handle.createQuery(wordless ? WORDLESS : WITH_WORDS);
        if (!wordless) {
            bindWords(query, interaction);
        }
        return bind(query, candidate).mapTo(UUID.class).findOne().isPresent();
    }

    private static void bindWords(Query query, Interaction interaction) {
        Circumstances more = interaction.circumstances();
        Reference reference = more.reference();
        query.bind("subject", interaction.subject())
                .bind("text", interaction.text())
                .bind("referenceKind", reference == null ? null : reference.kind().name())
                .bind("reference", reference == null ? null : reference.value())
                .bind("device", more.device())
                .bind("place", more.place())
                .bind("attributes", StoredForms.json(more.attributes()));
    }

    private static Query bind(Query query, Candidate candidate) {
        Interaction interaction = candidate.interaction();
        @Nullable Money amount = interaction.amount();
        Circumstances more = interaction.circumstances();
        return query.bind("source", interaction.source())
                .bind("sourceId", interaction.sourceId())
                .bind("customer", interaction.customer())
                .bind("id", interaction.id())
                .bind("contentHash", candidate.claim().contentHash())
                .bind("namedHash", candidate.claim().namedHash())
                .bind("occurredAt", interaction.occurredAt())
                .bind("recordedAt", interaction.recordedAt())
                .bind("type", interaction.type())
                .bind("amountSign", candidate.amountRule().sign())
                .bind("channel", interaction.channel())
                .bind("direction", interaction.direction().name())
                .bind("touchpoint", interaction.touchpoint())
                .bind("amount", amount == null ? null : amount.amount())
                .bind("currency", amount == null ? null : amount.currency())
                .bind("employee", more.employee())
                .bind("team", more.team())
                .bind("emotions", StoredForms.emotions(more.emotions()))
                .bind("outcome", StoredForms.name(more.outcome()))
                .bind("duration", StoredForms.millis(more.duration()))
                .bind("wait", StoredForms.millis(more.waited()));
    }
}
