package io.rapport.interaction.clock;

import io.rapport.interaction.InteractionEvent;
import io.rapport.interaction.clock.ClockRules.Asked;
import io.rapport.interaction.clock.ClockRules.Policy;
import io.rapport.interaction.clock.RulesRows.Versioned;
import io.rapport.interaction.clock.Watched.State;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sets, pauses and ends the clocks of a thread as it changes, and tells when one has run out. The
 * row of the customer's sequence is the lock, for threads and timers alike. No timer is ever taken
 * away, for that would wait for one that is being fired and waits for that lock: one that comes for
 * a clock that was paused or has ended does nothing.
 */
@ApplicationScoped
public class Clocks {

    static final String TIMER = "thread-clock";

    private final ClockRows rows;
    private final RulesRows rules;
    private final Timers timers;
    private final Outbox outbox;
    private final Clock clock;

    Clocks(ClockRows rows, RulesRows rules, Timers timers, Outbox outbox, Clock clock) {
        this.rows = rows;
        this.rules = rules;
        this.timers = timers;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Lets the clocks of a thread follow what has become of it. The caller holds its customer and
     * publishes what is answered.
     *
     * @param replied whether we have turned to the customer by this
     * @param at when it came to be so, which may be a while ago
     */
    @Transactional(TxType.MANDATORY)
    public List<InteractionEvent> follow(
            Watched watched, Whole whole, boolean replied, Instant at) {
        return follow(watched, whole, replied, at, List.of());
    }

    /**
     * The same of two threads that become one. What the merged one waits for goes on in the other,
     * late by as much as it was, unless that waits for the same already.
     *
     * @param whole with the one that was merged
     * @param merged stands aside from now on
     */
    @Transactional(TxType.MANDATORY)
    public List<InteractionEvent> merge(Watched watched, Whole whole, Watched merged, Instant at) {
        List<InteractionEvent> news = follow(merged, whole, false, at);
        news.addAll(follow(watched, whole, false, at, rows.open(merged.thread())));
        return news;
    }

    /**
     * The same of a thread from which something was taken. What is not waited for without that is
     * dropped: neither was it done, nor does it run out.
     */
    @Transactional(TxType.MANDATORY)
    public List<InteractionEvent> part(Watched watched, Whole whole, Instant at) {
        List<InteractionEvent> news = new ArrayList<>();
        for (ThreadClock open : rows.open(watched.thread())) {
            if (watched.state() == State.SOLVED
                    || (watched.state() != State.ASKED && open.kind().isOfReply())) {
                drop(open.isDue(at) ? breached(open, news) : open, at, news);
            }
        }
        news.addAll(follow(watched, whole, false, at));
        return news;
    }

    /**
     * The same of a reply that comes to be known after something newer: it ends the clock of what
     * was asked before it, and what was asked since is waited for from then on.
     */
    @Transactional(TxType.MANDATORY)
    public List<InteractionEvent> replied(Watched watched, Whole whole, Instant at) {
        List<InteractionEvent> news = new ArrayList<>();
        for (ThreadClock open : rows.open(watched.thread())) {
            if (open.kind().isOfReply() && open.startedAt().isBefore(at)) {
                end(open.isDue(at) ? breached(open, news) : open, at, news);
                Optional<Instant> asked = rows.askedSince(whole, at);
                if (watched.state() == State.ASKED && asked.isPresent()) {
                    start(watched, ClockKind.NEXT_REPLY, whole, asked.get(), List.of(), news);
                }
            }
        }
        return news;
    }

    private List<InteractionEvent> follow(
            Watched watched, Whole whole, boolean replied, Instant at, List<ThreadClock> before) {
        List<InteractionEvent> news = new ArrayList<>();
        boolean reply = false;
        boolean solve = false;
        for (ThreadClock open : rows.open(watched.thread())) {
            ThreadClock now = open.isDue(at) ? breached(open, news) : open;
            if (watched.state() == State.SOLVED || (replied && now.kind().isOfReply())) {
                end(now, at, news);
            } else {
                turn(now, watched.runs(), at, news);
                reply |= now.kind().isOfReply();
                solve |= !now.kind().isOfReply();
            }
        }
        if (!solve && watched.state() != State.SOLVED && watched.state() != State.ASIDE) {
            start(watched, ClockKind.SOLVE, whole, at, before, news);
        }
        if (!reply && watched.state() == State.ASKED) {
            ClockKind kind = rows.replied(whole) ? ClockKind.NEXT_REPLY : ClockKind.FIRST_REPLY;
            start(watched, kind, whole, at, before, news);
        }
        return news;
    }

    /** When its time has come: does nothing when it is not due, or was told before. */
    @Transactional(TxType.MANDATORY)
    void expire(UUID id, Instant due) {
        Optional<ThreadClock> named = rows.find(id);
        if (named.isEmpty() || !rows.hold(named.get().customer())) {
            return;
        }
        List<InteractionEvent> news = new ArrayList<>();
        Instant now = clock.instant();
        rows.find(id)
                .filter(open -> open.isDue(now.isBefore(due) ? due : now))
                .ifPresent(open -> breached(open, news));
        outbox.publishAll(news);
    }

    /** How long it has run by now, and whether it has run out although nobody was told yet. */
    public ClockView view(ThreadClock open) {
        Instant now = clock.instant();
        ThreadClock known = open.isDue(now) ? open.breach() : open;
        Instant until = now.isBefore(known.changedAt()) ? known.changedAt() : now;
        return ClockView.of(known, known.used(calendar(known), until));
    }

    /** Whether the thread waits by a clock, running or not. */
    public boolean areOpen(UUID thread) {
        return !rows.open(thread).isEmpty();
    }

    /** Those of all these threads, the newest first. */
    public List<ThreadClock> page(List<UUID> threads, @Nullable UUID last, int limit) {
        return rows.page(threads, last, limit);
    }

    private void start(
            Watched watched,
            ClockKind kind,
            Whole whole,
            Instant at,
            List<ThreadClock> before,
            List<InteractionEvent> news) {
        Versioned newest = rules.newest();
        Optional<Asked> asked =
                newest.rules().policies().isEmpty() ? Optional.empty() : rows.asked(whole);
        Optional<Policy> policy = asked.flatMap(newest.rules()::policy);
        Optional<Duration> target = policy.flatMap(one -> one.target(kind));
        if (policy.isEmpty() || target.isEmpty()) {
            return;
        }
        ThreadClock set =
                ThreadClock.of(watched, kind, policy.get(), newest.version(), target.get(), at);
        ThreadClock late =
                before.stream()
                        .filter(one -> one.kind().isOfReply() == kind.isOfReply())
                        .findFirst()
                        .map(set::asLateAs)
                        .orElse(set);
        ThreadClock started = watched.runs() ? late.resume(calendar(set), at) : late;
        rows.insert(started);
        news.add(started.started());
        setTimer(started);
    }

    private void turn(ThreadClock open, boolean runs, Instant at, List<InteractionEvent> news) {
        if (open.running() == runs) {
            return;
        }
        BusinessCalendar calendar = calendar(open);
        ThreadClock turned = runs ? open.resume(calendar, at) : open.pause(calendar, at);
        rows.update(turned);
        news.add(runs ? turned.started() : turned.paused());
        setTimer(turned);
    }

    private void end(ThreadClock open, Instant at, List<InteractionEvent> news) {
        ThreadClock ended = open.end(calendar(open), at);
        rows.update(ended);
        if (ended.breachedAt() == null) {
            news.add(ended.met());
        }
    }

    private void drop(ThreadClock open, Instant at, List<InteractionEvent> news) {
        ThreadClock dropped = open.drop(calendar(open), at);
        rows.update(dropped);
        if (open.running()) {
            news.add(dropped.paused());
        }
    }

    /** To the instant at which it was due, however late anybody looks. */
    private ThreadClock breached(ThreadClock due, List<InteractionEvent> news) {
        ThreadClock breached = due.breach();
        rows.update(breached);
        Optional.ofNullable(breached.breachedAt()).map(breached::breached).ifPresent(news::add);
        return breached;
    }

    private void setTimer(ThreadClock set) {
        Instant due = set.due();
        if (due != null) {
            timers.set(TIMER, set.id(), due);
        }
    }

    private BusinessCalendar calendar(ThreadClock set) {
        return rules.require(set.rulesVersion())
                .calendarOf(set.policy())
                .orElseThrow(() -> new IllegalStateException("a clock without its calendar"));
    }
}
