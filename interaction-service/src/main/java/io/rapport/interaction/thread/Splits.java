package io.rapport.interaction.thread;

import io.rapport.interaction.Direction;
import io.rapport.interaction.InteractionEvent;
import io.rapport.interaction.InteractionEvent.ThreadMerged;
import io.rapport.interaction.clock.Clocks;
import io.rapport.interaction.clock.Whole;
import io.rapport.interaction.thread.ThreadOperation.Kind;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Takes interactions out of a thread into a new one, and puts them back. */
@ApplicationScoped
class Splits {

    private final Matters matters;
    private final Threads threads;
    private final ThreadRows rows;
    private final TurnRows turns;
    private final OperationRows operations;
    private final Clocks clocks;
    private final AsideTimer asides;
    private final Outbox outbox;
    private final Caller caller;

    Splits(
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

    /** The new thread is of the customer on whom the oldest of them arrived. */
    @Transactional(TxType.MANDATORY)
    ThreadOperation split(UUID thread, List<UUID> interactions) {
        Matter matter = matters.hold(thread).requireRoot();
        matter.requireThreads(1);
        List<Turn> taken = taken(matter, interactions);
        Turn newest = turns.newest(matter).orElse(null);
        Instant now = threads.now();
        InteractionThread before = matter.root();
        ThreadStatus fresh = before.status().isSolved() ? ThreadStatus.SOLVED : ThreadStatus.OPEN;
        InteractionThread off =
                InteractionThread.open(taken.getFirst().customer(), newestOf(taken, fresh), now);
        rows.insert(off);
        turns.move(taken.stream().map(turn -> turn.in(off.id())).toList());
        boolean newestGone =
                newest != null && taken.stream().anyMatch(turn -> turn.id().equals(newest.id()));
        InteractionThread after =
                before.turn(newestGone ? left(matter, fresh) : before.status(), now);
        rows.update(after);
        ThreadOperation operation =
                ThreadOperation.of(Kind.SPLIT, before, after, off.id(), now, caller.subject());
        operations.insert(operation);
        operations.insertMoved(operation.id(), taken);
        List<InteractionEvent> news = new ArrayList<>(off.firstNews());
        news.addAll(after.news(before.status(), now));
        news.addAll(
                clocks.follow(
                        off.watched(),
                        new Whole(List.of(off.id()), matter.customers()),
                        false,
                        askedFirst(taken).at(now)));
        news.addAll(
                newestGone
                        ? clocks.part(after.watched(), matter.whole(), now)
                        : clocks.follow(after.watched(), matter.whole(), false, now));
        outbox.publishAll(news);
        return operation;
    }

    /** The customer's first turn since our last one, or the first of all. */
    private static Turn askedFirst(List<Turn> taken) {
        Turn first = taken.getFirst();
        boolean answered = false;
        for (Turn turn : taken) {
            if (turn.isReply()) {
                answered = true;
            } else if (answered && turn.direction() == Direction.INBOUND) {
                first = turn;
                answered = false;
            }
        }
        return first;
    }

    /** The oldest first. */
    private List<Turn> taken(Matter matter, List<UUID> interactions) {
        List<Turn> found =
                turns.find(interactions).stream().filter(turn -> isIn(matter, turn)).toList();
        Set<UUID> known = found.stream().map(Turn::id).collect(Collectors.toSet());
        FieldError[] errors =
                IntStream.range(0, interactions.size())
                        .filter(i -> !known.contains(interactions.get(i)))
                        .mapToObj(
                                i -> new FieldError("/interactions/" + i, "is not in this thread"))
                        .toArray(FieldError[]::new);
        if (errors.length > 0) {
            throw Refusal.unprocessable(
                    "interaction-not-in-thread",
                    "Only what is in a thread can be split off it.",
                    errors);
        }
        if (turns.of(matter).size() == found.size()) {
            throw Refusal.unprocessable(
                    "split-leaves-nothing",
                    "A split must leave an interaction in the thread.",
                    new FieldError("/interactions", "must not be all that are in it"));
        }
        return found;
    }

    private static boolean isIn(Matter matter, Turn turn) {
        return turn.thread() != null
                && matter.threads().contains(turn.thread())
                && matter.customers().contains(turn.customer());
    }

    private static ThreadStatus newestOf(List<Turn> taken, ThreadStatus fresh) {
        return fresh.isSolved()
                ? fresh
                : taken.reversed().stream()
                        .map(turn -> turn.after(fresh))
                        .filter(status -> status != fresh)
                        .findFirst()
                        .orElse(fresh);
    }

    private ThreadStatus left(Matter matter, ThreadStatus fresh) {
        return fresh.isSolved()
                ? fresh
                : turns.newest(matter).map(turn -> turn.after(fresh)).orElse(fresh);
    }

    /**
     * Each goes back to where it was; the thread that was split off answers as the other one. Only
     * while it holds just what was split off.
     */
    @Transactional(TxType.MANDATORY)
    ThreadOperation undo(ThreadOperation done) {
        InteractionThread off = matters.find(done.other());
        List<UUID> customers = matters.customers(off.customer());
        List<OperationRows.Moved> moved = operations.moved(done.id());
        Matter alone = new Matter(off.id(), off, rows.below(off.id(), customers), customers);
        Set<UUID> held = new HashSet<>(turns.of(alone));
        if (off.mergedInto() != null
                || alone.threads().size() > 1
                || !held.equals(
                        moved.stream()
                                .map(OperationRows.Moved::interaction)
                                .collect(Collectors.toSet()))) {
            throw Merges.overtaken();
        }
        Instant now = threads.now();
        Map<UUID, UUID> from = new HashMap<>();
        moved.forEach(one -> from.put(one.interaction(), one.fromThread()));
        turns.move(
                turns.find(held).stream()
                        .map(turn -> turn.in(from.getOrDefault(turn.id(), done.thread())))
                        .toList());
        rows.update(off.mergedInto(done.thread()));
        InteractionThread before = matters.require(done.thread()).root();
        InteractionThread after = done.before(before, before.status().with(off.status()), now);
        rows.update(after);
        ThreadOperation operation = done.undoing(before, after, now, caller.subject());
        operations.insert(operation);
        List<InteractionEvent> news = new ArrayList<>();
        news.add(new ThreadMerged(off.customer(), off.id(), after.id(), now));
        news.addAll(after.news(before.status(), now));
        Matter whole = matters.require(done.thread());
        news.addAll(clocks.merge(whole.root().watched(), whole.whole(), off.aside(), now));
        asides.watch(off, after, now);
        outbox.publishAll(news);
        return operation;
    }
}
