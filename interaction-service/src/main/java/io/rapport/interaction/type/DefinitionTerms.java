package io.rapport.interaction.type;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.util.List;
import java.util.Optional;

/** What a manager says of a type, a channel, a touchpoint or a fact key. */
sealed interface DefinitionTerms permits FactKeyTerms, TypeTerms, WordTerms {

    /** One line that is not blank, of at most 200 characters. */
    String LABEL_FORM = "(?=.*\\S)\\P{Cc}{1,200}";

    String LABEL_RULE = "must have 1 to 200 characters, not only blanks, and no control characters";

    String label();

    Boolean active();

    /** What cannot be, by itself. */
    List<FieldError> objections();

    /** What of it must stay as it was before, where interactions name the definition. */
    Optional<Refusal> objectionToChange(DefinitionTerms before);
}
