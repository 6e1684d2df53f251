package io.rapport.customer.segment;

import io.rapport.customer.profile.AttributeType;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a rule of conditions, or says of each what is wrong with it by its pointer. For one tree
 * and one thread.
 */
final class RuleReading {

    static final String POINTER = "/condition";
    private static final int MOST_CONDITIONS = 100;
    private static final int DEEPEST = 8;
    private static final int MOST_VALUES = 100;
    private static final int MOST_ERRORS = 20;
    private static final int MOST_YEARS = 200;

    /** Of a tree with a fault nothing else is used. */
    private static final Rule NEVER = new Rule.AnyOf(List.of());

    /**
     * What conditions can name: the types of attributes that are defined, and what is wrong with
     * another segment, if anything is.
     */
    record Names(
            Map<String, AttributeType> attributes,
            Function<String, Optional<String>> segmentFault) {

        /** Of conditions that were checked when they were stored. */
        static Names stored(Map<String, AttributeType> attributes) {
            return new Names(attributes, _ -> Optional.empty());
        }
    }

    private final Names names;
    private final List<FieldError> errors = new ArrayList<>();
    private final Map<String, Field> fields = new TreeMap<>();
    private final Set<String> segments = new TreeSet<>();
    private int conditions;

    private RuleReading(Names names) {
        this.names = names;
    }

    /** The rule that {@code condition} is, which stands at {@code /condition} of a body. */
    static ReadRule read(Condition condition, Names names) {
        RuleReading reading = new RuleReading(names);
        Rule rule = reading.rule(condition, POINTER, 1);
        if (!reading.errors.isEmpty()) {
            throw refusal(reading.errors.stream().limit(MOST_ERRORS).toArray(FieldError[]::new));
        }
        return new ReadRule(
                rule,
                Set.copyOf(reading.fields.values()),
                attributeNames(reading.fields.keySet()),
                Set.copyOf(reading.segments),
                reading.fields.values().stream().anyMatch(Field::ofContext));
    }

    static Refusal refusal(FieldError... errors) {
        return Refusal.unprocessable(
                "invalid-condition", "Some conditions are not as they must be.", errors);
    }

    /** The attributes that conditions name, whether they are defined or not. */
    static Set<String> attributes(@Nullable Condition condition) {
        Set<String> paths = new TreeSet<>();
        collect(condition, paths, 1);
        return attributeNames(paths);
    }

    private static Set<String> attributeNames(Set<String> paths) {
        Set<String> names = new TreeSet<>();
        for (String path : paths) {
            if (path.startsWith(Fields.ATTRIBUTES)) {
                names.add(path.substring(Fields.ATTRIBUTES.length()));
            }
        }
        return names;
    }

    private static void collect(@Nullable Condition condition, Set<String> paths, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        switch (condition) {
            case Condition.All(var all) -> all.forEach(one -> collect(one, paths, depth + 1));
            case Condition.Any(var any) -> any.forEach(one -> collect(one, paths, depth + 1));
            case Condition.Not(var not) -> collect(not, paths, depth + 1);
            case Condition.Compare compare -> {
                if (compare.field() != null) {
                    paths.add(compare.field());
                }
            }
            case Condition.InSegment _ -> {}
            case null -> {}
        }
    }

    private Rule rule(@Nullable Condition condition, String pointer, int depth) {
        conditions++;
        if (conditions > MOST_CONDITIONS) {
            return refuse(POINTER, "has more than %d conditions".formatted(MOST_CONDITIONS));
        }
        if (depth > DEEPEST) {
            return refuse(pointer, "lies more than %d deep".formatted(DEEPEST));
        }
        return switch (condition) {
            case Condition.All(var all) ->
                    new Rule.AllOf(several(all, pointer + "/all", depth + 1));
            case Condition.Any(var any) ->
                    new Rule.AnyOf(several(any, pointer + "/any", depth + 1));
            case Condition.Not(var not) -> new Rule.NoneOf(rule(not, pointer + "/not", depth + 1));
            case Condition.Compare compare -> leaf(compare, pointer);
            case Condition.InSegment(var segment) -> member(segment, pointer);
            case null -> refuse(pointer, "must be a condition");
        };
    }

    private List<Rule> several(List<@Nullable Condition> each, String pointer, int depth) {
        if (each.isEmpty()) {
            return List.of(refuse(pointer, "must have at least one condition"));
        }
        return IntStream.range(0, Math.min(each.size(), MOST_CONDITIONS + 1))
                .mapToObj(i -> rule(each.get(i), pointer + "/" + i, depth))
                .toList();
    }

    private Rule member(@Nullable String segment, String pointer) {
        if (segment == null) {
            return refuse(pointer + "/segment", "must be the key of a segment");
        }
        Optional<String> fault = names.segmentFault.apply(segment);
        if (fault.isPresent()) {
            return refuse(pointer + "/segment", fault.get());
        }
        segments.add(segment);
        return new Rule.MemberOf(segment);
    }

    private Rule leaf(Condition.Compare compare, String pointer) {
        String path = compare.field();
        Operator operator = compare.operator();
        Optional<Field> found =
                path == null ? Optional.empty() : Fields.find(path, names.attributes);
        if (found.isEmpty()) {
            return refuse(
                    pointer + "/field",
                    path != null && path.startsWith(Fields.ATTRIBUTES)
                            ? "is not an attribute that is defined: see /attribute-definitions"
                            : "is not a field that conditions can name");
        }
        if (operator == null) {
            return refuse(pointer + "/operator", "must be there");
        }
        Field field = found.get();
        fields.put(field.path(), field);
        return compared(field, operator, compare.values(), pointer);
    }

    private Rule compared(
            Field field, Operator operator, List<@Nullable Object> values, String pointer) {
        if (!suits(operator, field.type())) {
            return refuse(pointer + "/operator", "does not suit this field");
        }
        int most = operator == Operator.ANY_OF ? MOST_VALUES : 1;
        int least = operator == Operator.KNOWN ? 0 : 1;
        if (values.size() < least || values.size() > (least == 0 ? 0 : most)) {
            return refuse(pointer + "/values", "must be as many as the operator takes");
        }
        String at = pointer + "/values/0";
        return switch (operator) {
            case KNOWN -> new Rule.Known(field);
            case ANY_OF -> new Rule.OneOf(field, values(field, values, pointer + "/values"));
            case AT_LEAST, AT_MOST ->
                    value(field, values.getFirst(), at)
                            .<Rule>map(
                                    bound ->
                                            new Rule.Bounded(
                                                    field, bound, operator == Operator.AT_LEAST))
                            .orElse(NEVER);
            case OLDER_THAN, NEWER_THAN -> aged(field, operator, values.getFirst(), at);
        };
    }

    private static boolean suits(Operator operator, FieldType type) {
        return switch (operator) {
            case KNOWN, ANY_OF -> true;
            case AT_LEAST, AT_MOST -> type.isOrdered();
            case OLDER_THAN, NEWER_THAN -> type.isOfTime();
        };
    }

    private List<Comparable<?>> values(Field field, List<@Nullable Object> given, String pointer) {
        List<Comparable<?>> values = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            value(field, given.get(i), pointer + "/" + i).ifPresent(values::add);
        }
        return List.copyOf(values);
    }

    private Optional<Comparable<?>> value(Field field, @Nullable Object given, String pointer) {
        Optional<Comparable<?>> value = given == null ? Optional.empty() : field.type().read(given);
        if (value.isEmpty()) {
            refuse(pointer, field.type().rule);
        } else if (!field.words().isEmpty() && !field.words().contains(value.get().toString())) {
            refuse(pointer, "must be one of " + new TreeSet<>(field.words()));
        }
        return value;
    }

    private Rule aged(Field field, Operator operator, @Nullable Object given, String pointer) {
        Optional<TemporalAmount> period =
                given instanceof String text ? period(text) : Optional.empty();
        if (period.isEmpty()) {
            return refuse(
                    pointer,
                    "must be a period of more than nothing and up to %d years, such as P60D or PT12H"
                            .formatted(MOST_YEARS));
        }
        return new Rule.Aged(field, period.get(), operator == Operator.OLDER_THAN);
    }

    private static Optional<TemporalAmount> period(String text) {
        try {
            if (text.indexOf('T') >= 0) {
                Duration duration = Duration.parse(text);
                return duration.isPositive() && duration.toDays() <= MOST_YEARS * 366L
                        ? Optional.of(duration)
                        : Optional.empty();
            }
            Period period = Period.parse(text);
            boolean forward =
                    !period.isZero()
                            && period.getDays() >= 0
                            && period.getMonths() >= 0
                            && period.getYears() >= 0;
            boolean bounded =
                    period.toTotalMonths() <= MOST_YEARS * 12L
                            && period.getDays() <= MOST_YEARS * 366;
            return forward && bounded ? Optional.of(period) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Rule refuse(String pointer, String reason) {
        errors.add(new FieldError(pointer, reason));
        return NEVER;
    }
}
