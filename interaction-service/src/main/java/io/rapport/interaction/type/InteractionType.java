package io.rapport.interaction.type;

import org.jspecify.annotations.Nullable;

/**
 * A kind of interaction, named by its code, what amount it carries and what its attributes are;
 * without a schema it carries none.
 */
public record InteractionType(
        String code,
        AmountRule amountRule,
        @Nullable AttributeSchema schema,
        boolean active,
        boolean used)
        implements Definable {

    @Override
    public VocabularyList list() {
        return VocabularyList.TYPES;
    }
}
