package io.rapport.interaction.type;

import io.rapport.interaction.FactKind;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a manager says of a key under which facts are told. */
@Schema(
        name = "FactKeyTerms",
        description = "What facts that are told under a key are about, and how long they hold.",
        requiredProperties = {"label", "topic", "kind", "validity"},
        examples = FactKeyTerms.EXAMPLE)
public record FactKeyTerms(
        @Schema(description = "What staff call it.", maxLength = 200)
                @NotNull
                @Pattern(regexp = LABEL_FORM, message = LABEL_RULE)
                String label,
        @Schema(
                        description =
                                "Under which the briefing shows it: words of a-z and 0-9 joined by hyphens.",
                        maxLength = 64,
                        examples = "household")
                @NotNull
                @Pattern(
                        regexp = "(?=.{1,64}$)[a-z][a-z0-9]*(-[a-z0-9]+)*",
                        message =
                                "must be words of a-z and 0-9 joined by hyphens, at most 64 characters")
                String topic,
        @Schema(description = "Does not change once facts were told under the key.") @NotNull
                FactKind kind,
        @Schema(
                        implementation = String.class,
                        format = "period",
                        description =
                                "How long a fact holds from when it was told, unless whoever tells it says otherwise:"
                                        + " 1 day to 10 years. So long nobody is to be asked for it again.",
                        examples = "P2Y")
                @NotNull
                Period validity,
        @Schema(
                        description =
                                "False when it is retired: nothing is told under it any more. True when absent.")
                Boolean active)
        implements DefinitionTerms {

    static final String EXAMPLE =
            """
            {"label": "How many live in the household", "topic": "household", "kind": "CIRCUMSTANCE", "validity": "P2Y",
             "active": true}""";

    private static final int MOST_YEARS = 10;

    public FactKeyTerms {
        active = Objects.requireNonNullElse(active, true);
    }

    @Override
    public List<FieldError> objections() {
        boolean possible =
                validity.getYears() >= 0
                        && validity.getMonths() >= 0
                        && validity.getDays() >= 0
                        && !validity.isZero()
                        && validity.toTotalMonths() <= MOST_YEARS * 12L
                        && validity.getDays() <= MOST_YEARS * 366;
        return possible
                ? List.of()
                : List.of(
                        new FieldError(
                                "/validity",
                                "must be a period of 1 day to 10 years, in years, months and days, such as P2Y"));
    }

    @Override
    public Optional<Refusal> objectionToChange(DefinitionTerms before) {
        return before instanceof FactKeyTerms terms && terms.kind == kind
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(
                                Refusal.Kind.CONFLICT,
                                "fact-key-in-use",
                                "Facts were told under this key, or it is built in: of which kind they are stays as it is.",
                                new FieldError("/kind", "must stay as it is")));
    }
}
