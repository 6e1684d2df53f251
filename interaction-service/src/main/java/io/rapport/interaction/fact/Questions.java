package io.rapport.interaction.fact;

import io.rapport.directory.Relationship;
import io.rapport.interaction.InteractionAccess;
import io.rapport.interaction.Learnt;
import io.rapport.interaction.Repetition;
import io.rapport.interaction.type.FactKey;
import io.rapport.interaction.type.FactKeys;
import io.rapport.interaction.type.FirstUses;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.event.Versions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;

/**
 * Answers whether something is known of a customer before anybody asks for it, and notes where it
 * was asked for all the same: of an interaction and a key once, so that asking again changes
 * nothing.
 */
@ApplicationScoped
public class Questions {

    private final FactKeys keys;
    private final FirstUses uses;
    private final FactLists lists;
    private final FactRows rows;
    private final Occasions occasions;
    private final InteractionAccess access;
    private final Outbox outbox;
    private final Versions versions;

    Questions(
            FactKeys keys,
            FirstUses uses,
            FactLists lists,
            FactRows rows,
            Occasions occasions,
            InteractionAccess access,
            Outbox outbox,
            Versions versions) {
        this.keys = keys;
        this.uses = uses;
        this.lists = lists;
        this.rows = rows;
        this.occasions = occasions;
        this.access = access;
        this.outbox = outbox;
        this.versions = versions;
    }

    /**
     * What is known of the customer now. If it was asked in an interaction for what it had stated
     * before, or would not tell, and that held then, it was repeated.
     */
    @Transactional
    public Known ask(Relationship of, Question question) {
        FactKey key =
                keys.find(question.key())
                        .orElseThrow(
                                () ->
                                        wrong(
                                                "/key",
                                                "is unknown; GET /interactions/fact-keys lists what there is"));
        versions.read(of.members());
        UUID interaction = question.interaction();
        boolean repeated = interaction != null && noted(of, interaction, key);
        return Known.of(key, lists.known(of.members(), key.code()), repeated);
    }

    private boolean noted(Relationship of, UUID interaction, FactKey key) {
        UUID customer = access.customerOf(interaction);
        if (!of.members().contains(customer)) {
            throw wrong("/interaction", "must be one of this customer's");
        }
        uses.mark(List.of(key));
        rows.hold(of.members());
        Occasion occasion = occasions.of(customer, interaction);
        Fact known =
                rows.lastTold(of.members(), key.code(), occasion.occurredAt(), interaction)
                        .filter(fact -> fact.holdsAt(occasion.occurredAt()))
                        .filter(fact -> fact.learnt() == Learnt.STATED)
                        .orElse(null);
        occasions.note(occasion, key, Repetition.ASKED, known).ifPresent(outbox::publish);
        return occasions.isRepeated(occasion, key.code());
    }

    private static Refusal wrong(String pointer, String reason) {
        return Refusal.invalid(
                "invalid-question",
                "Nothing was noted. Correct what 'errors' names and ask again.",
                new FieldError(pointer, reason));
    }
}
