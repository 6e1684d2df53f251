package io.rapport.interaction.clock;

import java.util.List;
import java.util.UUID;

/**
 * What a thread is one with: itself and the threads that are merged into it, and the customers who
 * are one with its own. What others said in it, who were one with them once, does not count.
 */
public record Whole(List<UUID> threads, List<UUID> customers) {}
