package io.rapport.customer.segment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A tree of conditions as a manager gives it: which kind a node is, is told by its members.
 * Constructing checks nothing; {@link RuleReading} does, with a pointer for each fault.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
    @JsonSubTypes.Type(Condition.All.class),
    @JsonSubTypes.Type(Condition.Any.class),
    @JsonSubTypes.Type(Condition.Not.class),
    @JsonSubTypes.Type(Condition.Compare.class),
    @JsonSubTypes.Type(Condition.InSegment.class)
})
@Schema(
        name = "SegmentCondition",
        oneOf = {
            Condition.All.class,
            Condition.Any.class,
            Condition.Not.class,
            Condition.Compare.class,
            Condition.InSegment.class
        },
        description =
                "A tree of at most 100 conditions, 8 deep; which kind each is, is told by its members. Nothing holds of"
                        + " what is not known, so that no contact for 60 days is `{\"not\": {\"field\":"
                        + " \"interactions.lastAt\", \"operator\": \"NEWER_THAN\", \"values\": [\"P60D\"]}}`.")
public sealed interface Condition {

    /** All of them hold. */
    @Schema(
            name = "SegmentConditionAll",
            description = "Holds when all of them do.",
            requiredProperties = "all",
            additionalProperties = Schema.False.class)
    record All(List<@Nullable Condition> all) implements Condition {
        public All {
            all = listed(all);
        }
    }

    /** One of them holds, or several. */
    @Schema(
            name = "SegmentConditionAny",
            description = "Holds when one of them does, or several.",
            requiredProperties = "any",
            additionalProperties = Schema.False.class)
    record Any(List<@Nullable Condition> any) implements Condition {
        public Any {
            any = listed(any);
        }
    }

    /** It does not hold. */
    @Schema(
            name = "SegmentConditionNot",
            description = "Holds when it does not.",
            requiredProperties = "not",
            additionalProperties = Schema.False.class)
    record Not(@Nullable Condition not) implements Condition {}

    /** What the customer has compares so. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @Schema(
            name = "SegmentComparison",
            description = "Holds when what the customer has compares so.",
            requiredProperties = {"field", "operator"},
            additionalProperties = Schema.False.class,
            examples =
                    """
                    {"field": "country", "operator": "ANY_OF", "values": ["GB", "IE"]}""")
    record Compare(
            @Schema(
                            description =
                                    "kind, language (de is also de-AT, as in RFC 4647), timeZone, country, birthday,"
                                            + " occupation, lifecycleStage, declaredValues, tags, lifeEvents (types),"
                                            + " contactPoints (kinds), identities (sources), relations (types of"
                                            + " those that the customer has: HOUSEHOLD, WORKS_FOR, REFERRED_BY), incomingRelations"
                                            + " (types of those that others have to it), createdAt,"
                                            + " attributes.NAME; interactions.count, .firstAt, .lastAt;"
                                            + " contacts.lastAt (when we last turned to the customer);"
                                            + " purchases.count (with an amount), purchases.GBP.count,"
                                            + " purchases.GBP.sum, the same of cancellations; loyalty.balance,"
                                            + " .tier; feedback.count, feedback.NPS.count, feedback.NPS.mean.")
                    @Nullable String field,
            @Schema(
                            description =
                                    "ANY_OF (1 to 100 values), AT_LEAST, AT_MOST (of numbers, days, times), OLDER_THAN,"
                                            + " NEWER_THAN (of days and times: a period such as P60D or PT12H, in the"
                                            + " customer's time zone; a year after 29 February is over with 28"
                                            + " February, where there is no other), KNOWN (no values).")
                    @Nullable Operator operator,
            @Schema(description = "One, but for ANY_OF and KNOWN.", maxItems = 100)
                    List<@Nullable Object> values)
            implements Condition {
        public Compare {
            values = listed(values);
        }
    }

    /** The customer is a member of another segment. */
    @Schema(
            name = "SegmentConditionMember",
            description = "Holds of the members of another segment.",
            requiredProperties = "segment",
            additionalProperties = Schema.False.class)
    record InSegment(@Nullable String segment) implements Condition {}

    private static <T extends @Nullable Object> List<T> listed(@Nullable List<T> given) {
        return given == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(given));
    }
}
