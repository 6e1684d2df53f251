package io.rapport.interaction.intake;

import org.jspecify.annotations.Nullable;

/** A reference as a source tells of it, unchecked. */
public record ToldReference(@Nullable String kind, @Nullable String value) {}
