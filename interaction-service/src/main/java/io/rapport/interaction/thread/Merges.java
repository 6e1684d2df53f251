package io.rapport.interaction.thread;

import io.rapport.interaction.InteractionEvent;
import io.rapport.interaction.InteractionEvent.ThreadMerged;
import io.rapport.interaction.InteractionEvent.ThreadUnmerged;
import io.rapport.interaction.clock.Clocks;
import io.rapport.interaction.clock.Whole;
import io.rapport.interaction.thread.ThreadOperation.Kind;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes two threads one by a link, and takes the link away again. */
@ApplicationScoped
class Merges {

    private final Matters matters;
    private final Threads threads;
    private final ThreadRows rows;
    private final TurnRows turns;
    private final OperationRows operations;
    private final Clocks clocks;
    private final AsideTimer asides;
    private final Outbox outbox;
    private final Caller caller;

    Merges(
            Matters matters,
            Threads threads,
            ThreadRows rows,
            TurnRows turns,
            OperationRows operations,
            Clocks clocks,
            AsideTimer asides,
            Outbox outbox,
            Caller caller) {
        this.matters = matters;
        this.threads = threads;
        this.rows = rows;
        this.turns = turns;
        this.operations = operations;
        this.clocks = clocks;
        this.asides = asides;
        this.outbox = outbox;
        this.caller = caller;
    }

    /** From now on {@code other} answers as {@code thread}. */
    @Transactional(TxType.MANDATORY)
    ThreadOperation merge(UUID thread, UUID other) {
        if (thread.equals(other)) {
            throw Refusal.conflict("same-thread", "A thread cannot be merged with itself.");
        }
        Matter into = matters.hold(thread).requireRoot();
        if (!into.customers().contains(matters.find(other).customer())) {
            throw Threads.ofAnother();
        }
        Matter merged = matters.among(other, into.customers()).requireRoot();
        requirePossible(into, merged);
        Instant now = threads.now();
        InteractionThread before = into.root();
        InteractionThread after = before.turn(before.status().with(merged.root().status()), now);
        InteractionThread linked = merged.root().mergedInto(before.id());
        rows.update(linked);
        rows.update(after);
        ThreadOperation operation =
                ThreadOperation.of(Kind.MERGED, before, after, linked.id(), now, caller.subject());
        operations.insert(operation);
        List<InteractionEvent> news = new ArrayList<>();
        news.add(new ThreadMerged(linked.customer(), linked.id(), after.id(), now));
        news.addAll(after.news(before.status(), now));
        news.addAll(
                clocks.merge(
                        after.watched(),
                        new Whole(rows.below(after.id(), into.customers()), into.customers()),
                        linked.aside(),
                        now));
        asides.watch(linked, after, now);
        outbox.publishAll(news);
        return operation;
    }

    /**
     * Links may lead back by way of customers who are not merged any more; where they are again,
     * the threads would go round in a circle.
     */
    private void requirePossible(Matter into, Matter merged) {
        if (rows.leadsTo(into.root().id(), merged.root().id())) {
            throw Refusal.conflict(
                    "threads-in-a-circle",
                    "This thread was merged into the other one when their customers were one. Merge it the other way round.");
        }
        into.requireThreads(merged.threads().size());
        into.requireRoom(
                turns.count(into.threads()), Math.toIntExact(turns.count(merged.threads())));
    }

    /**
     * Both are as they were, with what came to each meanwhile. The caller holds the customers of
     * both.
     */
    @Transactional(TxType.MANDATORY)
    ThreadOperation undo(ThreadOperation done) {
        InteractionThread linked = matters.find(done.other());
        List<UUID> customers = matters.customers(linked.customer());
        if (!done.thread().equals(linked.mergedInto())) {
            throw overtaken();
        }
        Instant now = threads.now();
        InteractionThread apart = linked.mergedInto(null);
        InteractionThread after =
                turns.newest(rows.below(linked.id(), customers), customers)
                        .filter(turn -> joinedSince(turn, done))
                        .map(turn -> apart.turn(turn.after(apart.status()), now))
                        .orElse(apart);
        rows.update(after);
        InteractionThread before = matters.find(done.thread());
        InteractionThread left = done.before(before, otherwise(before, done), now);
        rows.update(left);
        ThreadOperation operation = done.undoing(before, left, now, caller.subject());
        operations.insert(operation);
        List<InteractionEvent> news = new ArrayList<>();
        news.add(new ThreadUnmerged(after.customer(), after.id(), left.id(), now));
        news.addAll(after.news(linked.status(), now));
        news.addAll(left.news(before.status(), now));
        Matter rest = matters.require(left.id());
        Whole apartOnes = new Whole(rows.below(after.id(), customers), customers);
        news.addAll(clocks.follow(after.watched(), apartOnes, false, now));
        news.addAll(clocks.part(rest.root().watched(), rest.whole(), now));
        outbox.publishAll(news);
        return operation;
    }

    /** What it says without the other: its own newest turn, if that came since, or what it said. */
    private ThreadStatus otherwise(InteractionThread before, ThreadOperation done) {
        List<UUID> customers = matters.customers(before.customer());
        return turns.newest(rows.below(before.id(), customers), customers)
                .filter(turn -> joinedSince(turn, done))
                .map(turn -> turn.after(before.status()))
                .orElse(done.statusBefore());
    }

    private static boolean joinedSince(Turn turn, ThreadOperation done) {
        return turn.joinedAt() != null && turn.joinedAt().isAfter(done.at());
    }

    static Refusal overtaken() {
        return Refusal.conflict(
                "operation-overtaken",
                "More has become of these threads since. Undo the later operations first, or merge and split them as they are.");
    }
}
