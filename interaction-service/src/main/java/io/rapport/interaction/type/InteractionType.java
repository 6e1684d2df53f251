package io.rapport.interaction.type;

/** A kind of interaction, named by its code, and what amount it carries. */
public record InteractionType(String code, AmountRule amountRule, boolean active, boolean used)
        implements Definable {

    @Override
    public VocabularyList list() {
        return VocabularyList.TYPES;
    }
}
