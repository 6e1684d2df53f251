package io.rapport.interaction.thread;

import io.rapport.interaction.InteractionEvent;
import io.rapport.interaction.clock.Clocks;
import io.rapport.interaction.clock.Whole;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.event.Versions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens threads, puts interactions into them, and lets staff say whose turn it is. */
@ApplicationScoped
class Threads {

    private final Matters matters;
    private final ThreadRows rows;
    private final TurnRows turns;
    private final Clocks clocks;
    private final Outbox outbox;
    private final Versions versions;
    private final Clock clock;

    Threads(
            Matters matters,
            ThreadRows rows,
            TurnRows turns,
            Clocks clocks,
            Outbox outbox,
            Versions versions,
            Clock clock) {
        this.matters = matters;
        this.rows = rows;
        this.turns = turns;
        this.clocks = clocks;
        this.outbox = outbox;
        this.versions = versions;
        this.clock = clock;
    }

    /** A new thread with an interaction that is in none. */
    @Transactional(TxType.MANDATORY)
    Matter open(UUID interaction) {
        List<UUID> customers = matters.customers(require(interaction).customer());
        matters.hold(customers);
        Turn turn = require(interaction);
        requireInNone(turn, customers);
        List<InteractionEvent> news = new ArrayList<>();
        InteractionThread opened = open(turn, now(), news);
        outbox.publishAll(news);
        return new Matter(opened.id(), opened, List.of(opened.id()), customers);
    }

    /** Puts an interaction of the same customer into the thread; one that is there stays there. */
    @Transactional(TxType.MANDATORY)
    Matter add(UUID thread, UUID interaction) {
        Matter matter = matters.hold(thread);
        Turn turn = require(interaction);
        if (!matter.customers().contains(turn.customer())) {
            throw ofAnother();
        }
        versions.read(matter.customers());
        if (turn.thread() != null && matter.threads().contains(turn.thread())) {
            return matter;
        }
        requireInNone(turn, matter.customers());
        List<InteractionEvent> news = new ArrayList<>();
        Matter added = add(matter, turn, now(), news);
        outbox.publishAll(news);
        return added;
    }

    /** Says whose turn it is, as who has seen the version in {@code If-Match}. */
    @Transactional
    Matter turn(UUID thread, ThreadStatus to, @Nullable String ifMatch) {
        Matter matter = matters.hold(thread);
        InteractionThread before = matter.root();
        ThreadAnswers.requireMatch(ifMatch, before.version());
        versions.read(matter.customers());
        if (before.status() == to) {
            return matter;
        }
        Instant now = now();
        InteractionThread after = before.turn(to, now);
        rows.update(after);
        List<InteractionEvent> news = new ArrayList<>(after.news(before.status(), now));
        news.addAll(clocks.follow(after.watched(), matter.whole(), false, now));
        outbox.publishAll(news);
        return matter.with(after);
    }

    /** The caller holds the customers of the turn, and publishes the news. */
    InteractionThread open(Turn turn, Instant now, List<InteractionEvent> news) {
        InteractionThread opened =
                InteractionThread.open(turn.customer(), turn.after(ThreadStatus.OPEN), now);
        rows.insert(opened);
        turns.insert(turn, opened.id(), now);
        news.addAll(opened.firstNews());
        news.addAll(
                clocks.follow(
                        opened.watched(),
                        new Whole(List.of(opened.id()), List.of(turn.customer())),
                        turn.isReply(),
                        turn.at(now)));
        return opened;
    }

    /**
     * The same of an interaction that comes into a thread. It stays with the thread that was named,
     * also when that one was merged; what it means for whose turn it is concerns the whole matter,
     * and only where nothing newer is in it.
     */
    Matter add(Matter matter, Turn turn, Instant now, List<InteractionEvent> news) {
        matter.requireRoom(turns.count(matter.threads()), 1);
        boolean newest = turns.newest(matter).map(turn::isAfter).orElse(true);
        turns.insert(turn, matter.named(), now);
        InteractionThread before = matter.root();
        InteractionThread after =
                before.turn(newest ? turn.after(before.status()) : before.status(), now);
        rows.update(after);
        news.addAll(after.news(before.status(), now));
        if (newest) {
            news.addAll(
                    clocks.follow(after.watched(), matter.whole(), turn.isReply(), turn.at(now)));
        } else if (turn.isReply()) {
            news.addAll(clocks.replied(after.watched(), matter.whole(), turn.at(now)));
        }
        return matter.with(after);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private Turn require(UUID interaction) {
        return turns.find(List.of(interaction)).stream()
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.notFound(
                                        "unknown-interaction",
                                        "There is no interaction with this id."));
    }

    static Refusal ofAnother() {
        return Refusal.conflict(
                "thread-of-another-customer",
                "A thread holds what happened with one customer. If both are the same, merge the customers first.");
    }

    /** In a thread of somebody who is not one with its customer any more it does not count. */
    private void requireInNone(Turn turn, List<UUID> customers) {
        UUID thread = turn.thread();
        if (thread != null && customers.contains(matters.find(thread).customer())) {
            throw elsewhere(thread);
        }
    }

    private static Refusal elsewhere(UUID thread) {
        return Refusal.conflict(
                        "interaction-in-a-thread",
                        "This interaction is in a thread already. Merge the threads, or split it off first.")
                .with("thread", thread);
    }
}
