package io.rapport.interaction.thread;

import io.rapport.interaction.clock.Whole;
import io.rapport.platform.Refusal;
import java.util.List;
import java.util.UUID;

/**
 * A thread with all that were merged into it, as it is for customers who are one: links to threads
 * of others count only while those customers are merged.
 *
 * @param named the thread by which it was asked for: the root, or one that was merged into it
 * @param threads the root and all that are merged into it
 * @param customers all who are one with the customer of the root
 */
record Matter(UUID named, InteractionThread root, List<UUID> threads, List<UUID> customers) {

    /** Threads that may be one matter, at most. */
    static final int MOST_THREADS = 50;

    /** Interactions of one matter, at most. */
    static final int MOST_INTERACTIONS = 1_000;

    Whole whole() {
        return new Whole(threads, customers);
    }

    Matter with(InteractionThread changed) {
        return new Matter(named, changed, threads, customers);
    }

    /** For what is done to a thread itself: one that was merged has nothing of its own any more. */
    Matter requireRoot() {
        if (!named.equals(root.id())) {
            throw Refusal.conflict(
                            "thread-merged",
                            "This thread was merged into another one. Name that one, or undo the merge first.")
                    .with("thread", root.id());
        }
        return this;
    }

    /** Also for a split: what is undone is linked like what was merged. */
    void requireThreads(int more) {
        if (threads.size() + more > MOST_THREADS) {
            throw Refusal.conflict(
                    "too-many-merged-threads",
                    "At most %d threads can be one.".formatted(MOST_THREADS));
        }
    }

    void requireRoom(long interactions, int more) {
        if (interactions + more > MOST_INTERACTIONS) {
            throw Refusal.conflict(
                    "thread-full",
                    "A thread has at most %,d interactions. Open another one."
                            .formatted(MOST_INTERACTIONS));
        }
    }
}
