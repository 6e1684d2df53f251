package io.rapport.interaction.intake;

import io.rapport.interaction.Interaction;
import io.rapport.platform.Refusal;
import java.util.UUID;

/** What became of a submission. */
public sealed interface Outcome {

    /** It was new; {@code sequence} numbers its event among the customer's. */
    record Recorded(Interaction interaction, long sequence) implements Outcome {}

    /** The same had been recorded before, as this interaction. */
    record Repeated(UUID interaction, UUID customer) implements Outcome {}

    /** Something else had been recorded before under the same source and id. */
    record Differs() implements Outcome {

        public static Refusal refusal() {
            return Refusal.conflict(
                    "interaction-differs",
                    "Something else is recorded under this source and id. What is recorded stays as it is.");
        }
    }
}
