package io.rapport.interaction.intake;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.interaction.Circumstances;
import io.rapport.interaction.Direction;
import io.rapport.interaction.Reference;
import io.rapport.interaction.thread.ThreadChoice;
import io.rapport.interaction.type.InteractionType;
import io.rapport.interaction.type.Vocabulary;
import io.rapport.interaction.type.Word;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Money;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An interaction as a source tells of it, unchecked. */
@Schema(
        description =
                "An interaction to record. A source tells of each once: (source, sourceId) names it for good.",
        requiredProperties = {
            "customer",
            "source",
            "sourceId",
            "type",
            "channel",
            "direction",
            "occurredAt"
        })
public record Submission(
        @Schema(
                        implementation = String.class,
                        description = "The customer's id, or source:externalId.",
                        examples = "online-retail:17850")
                @Nullable CustomerReference customer,
        @Schema(
                        description = "The system that tells of it.",
                        pattern = CustomerReference.SOURCE_FORM,
                        examples = "online-retail")
                @Nullable String source,
        @Schema(
                        description = "Its id in that system.",
                        minLength = 1,
                        maxLength = 200,
                        examples = "536365")
                @Nullable String sourceId,
        @Schema(
                        description =
                                "Unknown and retired types are refused with a list of what there is.",
                        examples = "PURCHASE")
                @Nullable String type,
        @Schema(
                        description =
                                "Unknown and retired channels are refused with a list of what there is.",
                        examples = "WEB")
                @Nullable String channel,
        @Schema(
                        enumeration = {"INBOUND", "OUTBOUND", "INTERNAL"},
                        description = "INTERNAL is a note among ourselves.")
                @Nullable String direction,
        @Schema(
                        description =
                                "Where in the customer's way it happened. Unknown and retired touchpoints are refused"
                                        + " with a list of what there is.",
                        pattern = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
                        maxLength = 64,
                        examples = "checkout")
                @Nullable String touchpoint,
        @Schema(
                        description =
                                "As the type says: 0 or more for a PURCHASE, 0 or less for a CANCELLATION.")
                @Nullable Money amount,
        @Schema(
                        description =
                                "From 1900 up to 5 minutes from now; from staff not before the customer's birthday.")
                @Nullable Instant occurredAt,
        @Schema(description = "What it was about, in one line.", maxLength = 500)
                @Nullable String subject,
        @Schema(
                        description = "What was said: up to 100,000 bytes of UTF-8, kept as it is.",
                        maxLength = 100_000)
                @Nullable String text,
        @Schema(
                        description =
                                "The thread that it belongs to: the id of one of the same customer, or `new`.",
                        examples = "new")
                @Nullable String thread,
        @Schema(
                        description = "Who served: an id of yours for the employee, never a name.",
                        pattern = CircumstanceChecks.SLUG_FORM,
                        maxLength = 64,
                        examples = "emp-0042")
                @Nullable String employee,
        @Schema(
                        description = "The team that served.",
                        pattern = CircumstanceChecks.SLUG_FORM,
                        maxLength = 64,
                        examples = "first-line")
                @Nullable String team,
        @Schema(implementation = Reference.class) @Nullable ToldReference reference,
        @Schema(
                        description = "With what the customer turned to us, in one line.",
                        maxLength = 200,
                        examples = "tablet")
                @Nullable String device,
        @Schema(
                        description = "Where it happened, in one line.",
                        maxLength = 200,
                        examples = "Leeds, Briggate")
                @Nullable String place,
        @Schema(
                        implementation = Object.class,
                        description =
                                "As the JSON Schema of the type has it; of up to 10,000 bytes and 8 levels. None where the"
                                        + " type has no schema.",
                        examples = "{\"parts\": 2}")
                @Nullable JsonNode attributes,
        @Schema(
                        description =
                                "What the customer was seen to feel (JOY, TRUST, SURPRISE, SADNESS, FEAR, ANGER, DISGUST),"
                                        + " each with how strongly: a whole number from 1 to 100.",
                        examples = "{\"ANGER\": 70, \"JOY\": 20}")
                @Nullable Map<String, Integer> emotions,
        @Schema(
                        enumeration = {
                            "SOLVED",
                            "PARTLY_SOLVED",
                            "NOT_SOLVED",
                            "FORWARDED",
                            "AGREED",
                            "DECLINED",
                            "NOT_REACHED"
                        },
                        description = "What it came to.")
                @Nullable String outcome,
        @Schema(
                        implementation = String.class,
                        pattern = Circumstances.DURATION_FORM,
                        description =
                                "How long it took, as an ISO 8601 duration of up to 30 days, kept in milliseconds.",
                        examples = "PT4M30S")
                @Nullable Duration duration,
        @Schema(
                        implementation = String.class,
                        pattern = Circumstances.DURATION_FORM,
                        description =
                                "How long the customer had to wait before, of up to 366 days, kept in milliseconds.",
                        examples = "PT45S")
                @JsonProperty("wait")
                @Nullable Duration waited) {

    static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
    static final int MAX_SUBJECT_CHARACTERS = 500;
    static final int MAX_TEXT_BYTES = 100_000;

    static final String SOURCE_ID_RULE =
            "must have 1 to 200 characters, no control characters and no blank at its ends";

    // No control, format or private-use characters, and no halves of surrogate pairs.
    static final Pattern SOURCE_ID = Pattern.compile("(?! )\\P{C}{1,200}(?<! )");
    private static final Map<String, Direction> DIRECTIONS =
            Stream.of(Direction.values()).collect(Collectors.toMap(Direction::name, identity()));

    /** Refuses with everything that is wrong, or answers what may be recorded. */
    public NewInteraction checked(Vocabulary vocabulary, Instant now) {
        Checks checks = new Checks();
        checkOrigin(checks);
        InteractionType knownType = checks.defined("/type", type, vocabulary.types());
        Word knownChannel = checks.defined("/channel", channel, vocabulary.channels());
        Word knownTouchpoint =
                touchpoint == null
                        ? null
                        : checks.defined("/touchpoint", touchpoint, vocabulary.touchpoints());
        Direction knownDirection = checks.oneOf("/direction", direction, DIRECTIONS);
        checkAmount(checks, knownType);
        checkTime(checks, now);
        checkWords(checks);
        checks.optional("/thread", thread, ThreadChoice::isOne, ThreadChoice.RULE);
        Circumstances circumstances = CircumstanceChecks.of(this, knownType, checks);
        checks.refuseIfAny();
        return new NewInteraction(
                requireNonNull(customer),
                requireNonNull(source),
                requireNonNull(sourceId),
                requireNonNull(knownType),
                requireNonNull(knownChannel),
                requireNonNull(knownDirection),
                knownTouchpoint,
                amount,
                requireNonNull(occurredAt).truncatedTo(ChronoUnit.MICROS),
                emptyIsAbsent(subject),
                emptyIsAbsent(text),
                thread == null ? null : ThreadChoice.parse(thread),
                circumstances,
                checks.objectionsToNewOnes());
    }

    private void checkOrigin(Checks checks) {
        checks.given("/customer", customer, any -> true, "");
        checks.given("/source", source, CustomerReference::isSource, CustomerReference.SOURCE_RULE);
        checks.given("/sourceId", sourceId, SOURCE_ID.asMatchPredicate(), SOURCE_ID_RULE);
    }

    private void checkAmount(Checks checks, @Nullable InteractionType knownType) {
        if (knownType != null) {
            knownType
                    .amountRule()
                    .objectionTo(amount)
                    .ifPresent(
                            rule ->
                                    checks.must(
                                            false,
                                            "/amount",
                                            knownType.code() + " carries " + rule));
        }
    }

    private void checkTime(Checks checks, Instant now) {
        checks.given(
                "/occurredAt",
                occurredAt,
                time -> !time.isBefore(EARLIEST),
                "must not lie before 1900");
        checks.optional(
                "/occurredAt",
                occurredAt,
                time -> !time.isAfter(now.plus(CLOCK_TOLERANCE)),
                "must not lie more than 5 minutes in the future");
    }

    private void checkWords(Checks checks) {
        checks.optional(
                "/subject",
                subject,
                words -> words.length() <= MAX_SUBJECT_CHARACTERS,
                "must have at most 500 characters");
        checks.optional(
                "/text",
                text,
                words -> words.length() <= MAX_TEXT_BYTES && bytes(words) <= MAX_TEXT_BYTES,
                "must have at most 100,000 bytes of UTF-8");
    }

    private static int bytes(String words) {
        return words.getBytes(StandardCharsets.UTF_8).length;
    }

    private static @Nullable String emptyIsAbsent(@Nullable String words) {
        return words == null || words.isEmpty() ? null : words;
    }
}
