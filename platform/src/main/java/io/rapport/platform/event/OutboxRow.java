package io.rapport.platform.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the outbox: an event, which the insert numbers, or a snapshot with its version (a
 * tombstone has no payload). One {@code ofErased} is let through for a customer who was erased.
 */
public record OutboxRow(
        UUID id,
        String topic,
        UUID customer,
        String type,
        Instant time,
        @Nullable Long version,
        Cause cause,
        @Nullable String payload,
        boolean ofErased) {}
