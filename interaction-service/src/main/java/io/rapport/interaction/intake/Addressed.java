package io.rapport.interaction.intake;

import java.util.UUID;

/** A checked submission whose customer is known. */
record Addressed(NewInteraction told, UUID customer) {}
