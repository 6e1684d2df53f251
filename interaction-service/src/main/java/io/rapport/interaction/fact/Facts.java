package io.rapport.interaction.fact;

import io.rapport.directory.Directory;
import io.rapport.interaction.InteractionEvent;
import io.rapport.interaction.Learnt;
import io.rapport.interaction.Repetition;
import io.rapport.interaction.type.FactKey;
import io.rapport.interaction.type.FactKeys;
import io.rapport.interaction.type.FirstUses;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes in what customers tell, each fact in one transaction with its event. Who tells, corrects or
 * forgets holds the customer and those merged with it, so that of one customer one comes after the
 * other; keys that were never told under are locked before.
 */
@ApplicationScoped
class Facts {

    private final FactKeys keys;
    private final FirstUses uses;
    private final Directory directory;
    private final FactRows rows;
    private final Occasions occasions;
    private final Outbox outbox;
    private final Caller caller;
    private final Clock clock;

    Facts(
            FactKeys keys,
            FirstUses uses,
            Directory directory,
            FactRows rows,
            Occasions occasions,
            Outbox outbox,
            Caller caller,
            Clock clock) {
        this.keys = keys;
        this.uses = uses;
        this.directory = directory;
        this.rows = rows;
        this.occasions = occasions;
        this.outbox = outbox;
        this.caller = caller;
        this.clock = clock;
    }

    /**
     * Tells the fact in the interaction, which is the customer's. If the customer stated the same
     * in an earlier interaction, and that still held, it was repeated, and everybody learns that
     * too; unless a partner tells it, who would find out by guessing what the customer told others.
     */
    @Transactional(TxType.MANDATORY)
    Fact tell(UUID customer, UUID interaction, NewFact told) {
        Occasion occasion = occasions.of(customer, interaction);
        Optional<FactKey> known = keys.find(told.key());
        FactContent content = told.checked(known, occasion.occurredAt());
        FactKey key = known.orElseThrow();
        uses.mark(List.of(key));
        List<UUID> members = membersOf(customer);
        rows.hold(members);
        Optional<Fact> before =
                rows.lastTold(members, key.code(), occasion.occurredAt(), interaction)
                        .filter(fact -> fact.holdsAt(occasion.occurredAt()))
                        .filter(fact -> fact.content().isRepeatedBy(content));
        Fact fact = first(occasion, key, content);
        if (!rows.insert(fact, caller.subject())) {
            throw Refusal.conflict(
                    "fact-told-already",
                    "Something was told under this key in this interaction. Correct that fact if it is wrong.");
        }
        List<InteractionEvent> events = new ArrayList<>(List.of(fact.told()));
        if (content.learnt() == Learnt.STATED && caller.isStaff()) {
            occasions
                    .note(occasion, key, Repetition.TOLD, before.orElse(null))
                    .ifPresent(events::add);
        }
        outbox.publishAll(events);
        return fact;
    }

    /** Corrects the customer's fact by a new version, beside which the older ones stay. */
    @Transactional(TxType.MANDATORY)
    Fact correct(UUID customer, UUID id, FactCorrection correction, Teller teller) {
        rows.hold(membersOf(customer));
        Fact fact = rows.find(customer, id).orElseThrow();
        requireCorrectable(fact, correction.version());
        FactContent content = correction.of(fact);
        if (content.equals(fact.content())) {
            throw Refusal.conflict("nothing-to-correct", "It says all of that already.");
        }
        Fact corrected = fact.corrected(content, now(), teller);
        rows.insertVersion(corrected, correction.reason(), caller.subject());
        outbox.publish(corrected.told());
        return corrected;
    }

    /**
     * Forgets what the customer's fact says, and whatever was told under its key before, so that
     * nothing older takes its place. One that was forgotten stays as it is.
     */
    @Transactional
    Fact forget(UUID customer, UUID id, Teller teller) {
        List<UUID> members = membersOf(customer);
        rows.hold(members);
        Fact fact = rows.find(customer, id).orElseThrow();
        if (fact.forgottenAt() != null) {
            return fact;
        }
        Instant now = now();
        outbox.publishAll(
                rows.forget(members, fact, now, teller).stream()
                        .map(
                                one ->
                                        new InteractionEvent.FactForgotten(
                                                one.customerId(),
                                                one.factId(),
                                                fact.key(),
                                                fact.kind(),
                                                now))
                        .toList());
        return fact.forgotten(now);
    }

    private static void requireCorrectable(Fact fact, int version) {
        if (fact.forgottenAt() != null) {
            throw Refusal.conflict(
                    "fact-forgotten", "We were asked to forget this fact. Tell it anew.");
        }
        if (fact.version() != version) {
            throw Refusal.conflict(
                    "not-the-newest-version",
                    "It was corrected since that version. Read it again, and correct what it says now.");
        }
        if (version >= Fact.LAST_VERSION) {
            throw Refusal.conflict(
                    "too-many-corrections", "A fact can be corrected 10 times, and no more.");
        }
    }

    private Fact first(Occasion occasion, FactKey key, FactContent content) {
        return new Fact(
                Ids.next(),
                1,
                occasion.customer(),
                occasion.interaction(),
                key.code(),
                key.topic(),
                key.kind(),
                content.learnt(),
                content.declined(),
                content.value(),
                occasion.occurredAt(),
                content.validUntil(),
                now(),
                caller.isStaff() ? Teller.STAFF : Teller.PARTNER,
                null);
    }

    private List<UUID> membersOf(UUID customer) {
        return directory.relationship(CustomerReference.parse(customer.toString())).members();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
