package io.rapport.customer.context;

import java.util.Set;
import java.util.UUID;

/**
 * The context of these customers was folded further in a generation, by the ids under which it was
 * told. Who observes it writes in the same transaction, and publishes nothing: a fold may be
 * replayed.
 */
public record ContextChanged(int generation, Set<UUID> customers) {}
