package io.rapport.interaction.thread;

import io.rapport.interaction.Interaction;
import io.rapport.interaction.InteractionEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Puts interactions into threads as they are recorded. */
@ApplicationScoped
public class ThreadIntake {

    /** An interaction that was recorded just now, and where it belongs. */
    public record Wish(Interaction interaction, ThreadChoice choice) {}

    /** In which thread each interaction is, and what is to be published of that. */
    public record Joined(Map<UUID, UUID> threads, List<InteractionEvent> news) {}

    private final Matters matters;
    private final Threads threads;

    ThreadIntake(Matters matters, Threads threads) {
        this.matters = matters;
        this.threads = threads;
    }

    /**
     * In the order given. Refuses with {@code unknown-thread} a thread that is not of the
     * interaction's customer, as one that nobody knows: a partner learns nothing of others.
     *
     * @param customers all about whom the caller's transaction will publish
     */
    @Transactional(TxType.MANDATORY)
    public Joined join(List<Wish> wishes, Set<UUID> customers) {
        if (wishes.isEmpty()) {
            return new Joined(Map.of(), List.of());
        }
        Map<UUID, List<UUID>> alike = new HashMap<>();
        wishes.forEach(
                wish -> alike.computeIfAbsent(wish.interaction().customer(), matters::customers));
        Set<UUID> all = new TreeSet<>(customers);
        alike.values().forEach(all::addAll);
        matters.hold(all);
        Instant now = threads.now();
        Map<UUID, UUID> joined = new HashMap<>();
        List<InteractionEvent> news = new ArrayList<>();
        for (Wish wish : wishes) {
            Turn turn = Turn.of(wish.interaction());
            UUID thread = wish.choice().thread();
            if (thread == null) {
                thread = threads.open(turn, now, news).id();
            } else {
                List<UUID> members = alike.getOrDefault(turn.customer(), List.of());
                threads.add(matters.among(thread, members), turn, now, news);
            }
            joined.put(turn.id(), thread);
        }
        return new Joined(joined, news);
    }
}
