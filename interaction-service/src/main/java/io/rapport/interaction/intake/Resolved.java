package io.rapport.interaction.intake;

import java.util.UUID;

/** A checked submission whose customer is known. */
public record Resolved(NewInteraction told, UUID customer) {}
