package io.rapport.interaction.type;

/** A word of the vocabulary as those who record with it know it. */
public sealed interface Definable permits FactKey, InteractionType, Word {

    VocabularyList list();

    String code();

    /** False when it is retired: nothing is recorded with it any more. */
    boolean active();

    /** Whether interactions name it, as far as is known here. Once true, it stays so. */
    boolean used();
}
