package io.rapport.interaction.type;

import io.rapport.platform.Refusal.FieldError;
import java.util.List;

/** What a manager says of a type, a channel or a touchpoint. */
sealed interface DefinitionTerms permits TypeTerms, WordTerms {

    /** One line that is not blank, of at most 200 characters. */
    String LABEL_FORM = "(?=.*\\S)\\P{Cc}{1,200}";

    String LABEL_RULE = "must have 1 to 200 characters, not only blanks, and no control characters";

    String label();

    Boolean active();

    /** What cannot be, by itself. */
    List<FieldError> objections();

    /** What stays as it is where interactions name the definition. */
    boolean keeps(DefinitionTerms before);
}
