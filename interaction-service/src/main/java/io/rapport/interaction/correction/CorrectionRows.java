package io.rapport.interaction.correction;

import io.rapport.interaction.Circumstances;
import io.rapport.interaction.Interaction;
import io.rapport.interaction.Reference;
import io.rapport.interaction.intake.StoredForms;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Writes a version over the one before, and keeps that one beside it. */
@ApplicationScoped
class CorrectionRows {

    private static final String HOLD =
            "SELECT last FROM customer_sequence WHERE customer_id = :customer FOR UPDATE";
    private static final String ERASED =
            "SELECT erased FROM customer_sequence WHERE customer_id = :customer";
    private static final String CORRECT =
            """
            SELECT correct_interaction(:customer, :id, :version, :at, :touchpoint, :employee, :team,
                CAST(:emotions AS jsonb), :outcome, CAST(:duration AS bigint), CAST(:wait AS bigint))""";
    private static final String KEEP_WORDS =
            """
            INSERT INTO interaction_version_text (customer_id, interaction_id, version, reason, actor, subject, text,
                                                  reference_kind, reference, device, place, attributes)
            SELECT v.customer_id, v.interaction_id, v.version, :reason, :actor, t.subject, t.text,
                   t.reference_kind, t.reference, t.device, t.place, t.attributes
            FROM interaction_version v
            LEFT JOIN interaction_text t ON t.customer_id = v.customer_id AND t.interaction_id = v.interaction_id
            WHERE v.customer_id = :customer AND v.interaction_id = :id AND v.version = :version""";
    private static final String REPLACE_WORDS =
            """
            INSERT INTO interaction_text (customer_id, interaction_id, subject, text,
                                          reference_kind, reference, device, place, attributes)
            VALUES (:customer, :id, :subject, :text, :referenceKind, :reference, :device, :place, CAST(:attributes AS json))
            ON CONFLICT (customer_id, interaction_id) DO UPDATE SET
                subject = EXCLUDED.subject, text = EXCLUDED.text, reference_kind = EXCLUDED.reference_kind,
                reference = EXCLUDED.reference, device = EXCLUDED.device, place = EXCLUDED.place,
                attributes = EXCLUDED.attributes""";

    private final Jdbi jdbi;

    CorrectionRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Known here as soon as the erasure has begun; the directory may learn of it later. */
    void requireNotErased(UUID customer) {
        boolean erased =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(ERASED)
                                        .bind("customer", customer)
                                        .mapTo(boolean.class)
                                        .findOne()
                                        .orElse(false));
        if (erased) {
            throw Refusal.customerErased();
        }
    }

    /** The lock that every write about the customer takes, and its erasure too. */
    @Transactional(TxType.MANDATORY)
    void hold(UUID customer) {
        jdbi.useHandle(
                handle ->
                        handle.createQuery(HOLD)
                                .bind("customer", customer)
                                .mapTo(long.class)
                                .findOne());
    }

    /** {@code to}: at the version that it corrects. False when that is not the newest one. */
    @Transactional(TxType.MANDATORY)
    boolean correct(Interaction to, String reason, String actor, Instant now) {
        return jdbi.withHandle(
                handle -> {
                    Circumstances more = to.circumstances();
                    boolean newest =
                            handle.createQuery(CORRECT)
                                    .bind("customer", to.customer())
                                    .bind("id", to.id())
                                    .bind("version", to.version())
                                    .bind("at", now)
                                    .bind("touchpoint", to.touchpoint())
                                    .bind("employee", more.employee())
                                    .bind("team", more.team())
                                    .bind("emotions", StoredForms.emotions(more.emotions()))
                                    .bind("outcome", StoredForms.name(more.outcome()))
                                    .bind("duration", StoredForms.millis(more.duration()))
                                    .bind("wait", StoredForms.millis(more.waited()))
                                    .mapTo(boolean.class)
                                    .one();
                    if (newest) {
                        Reference reference = more.reference();
                        handle.createUpdate(KEEP_WORDS)
                                .bind("customer", to.customer())
                                .bind("id", to.id())
                                .bind("version", to.version())
                                .bind("reason", reason)
                                .bind("actor", actor)
                                .execute();
                        handle.createUpdate(REPLACE_WORDS)
                                .bind("customer", to.customer())
                                .bind("id", to.id())
                                .bind("subject", to.subject())
                                .bind("text", to.text())
                                .bind(
                                        "referenceKind",
                                        reference == null ? null : reference.kind().name())
                                .bind("reference", reference == null ? null : reference.value())
                                .bind("device", more.device())
                                .bind("place", more.place())
                                .bind("attributes", StoredForms.json(more.attributes()))
                                .execute();
                    }
                    return newest;
                });
    }
}
