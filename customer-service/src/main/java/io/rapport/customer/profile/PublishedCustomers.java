package io.rapport.customer.profile;

import io.rapport.customer.profile.WrittenCustomers.Written;
import java.util.List;

/**
 * The same customers as {@link WrittenCustomers}, once the events that tell of them are published,
 * in the same transaction: who observes it publishes what follows from them.
 */
public record PublishedCustomers(List<Written> each) {}
