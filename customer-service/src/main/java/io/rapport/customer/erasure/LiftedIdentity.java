package io.rapport.customer.erasure;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** That an erased identity may be taken in again. */
@Schema(requiredProperties = "liftedAt", examples = "{\"liftedAt\": \"2026-11-23T10:00:00Z\"}")
public record LiftedIdentity(Instant liftedAt) {}
