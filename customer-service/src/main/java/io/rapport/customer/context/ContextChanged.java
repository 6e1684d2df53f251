package io.rapport.customer.context;

import io.rapport.platform.event.ReceivedEvent;
import java.util.Collection;

/**
 * The context of some customers was folded further in a generation; of each the last event that did
 * so, under the id by which it was told. Who observes it writes in the same transaction, and
 * publishes nothing: a fold may be replayed.
 */
public record ContextChanged(int generation, Collection<ReceivedEvent> last) {}
