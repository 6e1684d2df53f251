package io.rapport.interaction.intake;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.rapport.interaction.Interaction;
import io.rapport.interaction.InteractionEvent;
import io.rapport.interaction.thread.ThreadIntake;
import io.rapport.interaction.thread.ThreadIntake.Joined;
import io.rapport.interaction.thread.ThreadIntake.Wish;
import io.rapport.interaction.type.FirstUses;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.event.Outbox.Published;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Records interactions, each once by its source's id, and publishes those that were new: in one
 * transaction, whether it is one or a few hundred. Locks are taken in a fixed order, first words of
 * the vocabulary that were never used, then claims by their key, then customers by their id, before
 * threads are looked at, so that callers wait for each other but never in a circle.
 */
@ApplicationScoped
public class Intake {

    private final FirstUses uses;
    private final InteractionTable table;
    private final ThreadIntake threads;
    private final Outbox outbox;
    private final Clock clock;

    Intake(
            FirstUses uses,
            InteractionTable table,
            ThreadIntake threads,
            Outbox outbox,
            Clock clock) {
        this.uses = uses;
        this.table = table;
        this.threads = threads;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Refuses what is not recorded yet and cannot be any more; what was recorded before may come
     * again. Only an erasure takes claims away, so that the answer stays true.
     */
    void requireMayCome(NewInteraction told) {
        if (!told.objectionsIfNew().isEmpty() && !table.isClaimed(told.key())) {
            throw Checks.refusal(told.objectionsIfNew());
        }
    }

    /**
     * Answers in the order given, in which one customer's events are numbered too. Of equals the
     * first is recorded.
     */
    @Transactional
    public List<Outcome> record(List<Resolved> submissions) {
        uses.mark(submissions.stream().flatMap(submission -> submission.told().words()).toList());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Candidate> candidates =
                submissions.stream()
                        .map(submission -> Candidate.of(submission, Ids.next(), now))
                        .toList();
        Map<SourceKey, Candidate> firsts = new LinkedHashMap<>();
        candidates.forEach(candidate -> firsts.putIfAbsent(candidate.key(), candidate));
        Map<SourceKey, Claim> standing = table.insertNew(firsts.values());
        List<Candidate> recorded =
                firsts.values().stream()
                        .filter(first -> first.claim().equals(standing.get(first.key())))
                        .toList();
        Joined joined = join(recorded);
        Map<UUID, Long> sequences =
                publish(recorded.stream().map(Candidate::interaction).toList(), joined.news());
        return candidates.stream()
                .map(candidate -> outcome(candidate, standing, sequences, joined.threads()))
                .toList();
    }

    private Joined join(List<Candidate> recorded) {
        return threads.join(
                recorded.stream()
                        .filter(one -> one.thread() != null)
                        .map(one -> new Wish(one.interaction(), requireNonNull(one.thread())))
                        .toList(),
                recorded.stream().map(one -> one.interaction().customer()).collect(toSet()));
    }

    /** Answers the sequence of each interaction's event. */
    private Map<UUID, Long> publish(List<Interaction> recorded, List<InteractionEvent> news) {
        List<Published> published =
                outbox.publishAll(
                        Stream.concat(recorded.stream().map(Interaction::recorded), news.stream())
                                .toList());
        Map<UUID, Long> sequences = new HashMap<>();
        for (int i = 0; i < recorded.size(); i++) {
            sequences.put(recorded.get(i).id(), published.get(i).sequence());
        }
        return sequences;
    }

    private static Outcome outcome(
            Candidate candidate,
            Map<SourceKey, Claim> standing,
            Map<UUID, Long> sequences,
            Map<UUID, UUID> threads) {
        Long sequence = sequences.get(candidate.id());
        if (sequence != null) {
            UUID thread = threads.get(candidate.id());
            Interaction recorded = candidate.interaction();
            return new Outcome.Recorded(
                    thread == null ? recorded : recorded.inThread(thread), sequence);
        }
        Claim first = standing.get(candidate.key());
        if (first == null) {
            // Only an erasure takes claims away.
            throw Refusal.unavailable(
                    "interaction-being-erased",
                    "What was recorded under this source and id is being erased. Repeat the same request in a moment.");
        }
        return first.isRepeatedBy(candidate.claim())
                ? new Outcome.Repeated(first.interaction(), first.customer())
                : new Outcome.Differs();
    }
}
