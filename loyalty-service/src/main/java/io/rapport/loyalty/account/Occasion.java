package io.rapport.loyalty.account;

import io.rapport.platform.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * Why points move: the causing event, the interaction that it tells of, its amount, and when that
 * happened.
 */
public record Occasion(
        UUID causingEvent, UUID customer, UUID interaction, Money amount, Instant occurredAt) {}
