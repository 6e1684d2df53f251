package io.rapport.interaction.type;

/** A channel or a touchpoint, named by its code. */
public record Word(VocabularyList list, String code, boolean active, boolean used)
        implements Definable {}
