package io.rapport.customer.segment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.function.Function;

/**
 * Conditions made ready to be held against customers. A pure function of facts and time: the kept
 * membership, its rebuilding and the preview all decide by it, so they cannot differ. Immutable.
 */
sealed interface Rule {

    /** {@code segments}: the outcome of another segment for the same customer. */
    record Moment(Instant now, Function<String, Outcome> segments) {}

    Outcome of(Facts facts, Moment moment);

    /** Holds when all do; the first that does not decides. */
    record AllOf(List<Rule> rules) implements Rule {
        @Override
        public Outcome of(Facts facts, Moment moment) {
            return several(rules, true, facts, moment);
        }
    }

    /** Holds when one does; the first that does decides. */
    record AnyOf(List<Rule> rules) implements Rule {
        @Override
        public Outcome of(Facts facts, Moment moment) {
            return several(rules, false, facts, moment);
        }
    }

    /** Holds when the other does not. */
    record NoneOf(Rule rule) implements Rule {
        @Override
        public Outcome of(Facts facts, Moment moment) {
            return rule.of(facts, moment).negated();
        }
    }

    /** Holds for who is in the other segment. */
    record MemberOf(String segment) implements Rule {
        @Override
        public Outcome of(Facts facts, Moment moment) {
            Outcome other = moment.segments().apply(segment);
            return new Outcome(other.holds(), List.of(path(segment)), other.until());
        }

        static String path(String segment) {
            return "segments." + segment;
        }
    }

    /** Holds when the field has any value. */
    record Known(Field field) implements Rule {
        @Override
        public Outcome of(Facts facts, Moment moment) {
            return leaf(!field.of(facts).isEmpty(), field);
        }
    }

    /** Holds when the field has one of these values. */
    record OneOf(Field field, List<Comparable<?>> values) implements Rule {
        @Override
        public Outcome of(Facts facts, Moment moment) {
            return leaf(
                    field.of(facts).stream()
                            .anyMatch(has -> values.stream().anyMatch(one -> order(has, one) == 0)),
                    field);
        }
    }

    /** Holds when a value is the bound, or lies on the said side of it. */
    record Bounded(Field field, Comparable<?> bound, boolean above) implements Rule {
        @Override
        public Outcome of(Facts facts, Moment moment) {
            return leaf(
                    field.of(facts).stream()
                            .mapToInt(has -> order(has, bound))
                            .anyMatch(order -> above ? order >= 0 : order <= 0),
                    field);
        }
    }

    /** Holds from, or until, the instant that lies the period after a value. */
    record Aged(Field field, TemporalAmount period, boolean older) implements Rule {

        /** What lies beyond needs no timer. */
        private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

        @Override
        public Outcome of(Facts facts, Moment moment) {
            List<Instant> ends =
                    field.of(facts).stream().map(has -> end(has, facts.zone())).toList();
            boolean holds = ends.stream().anyMatch(end -> end.isAfter(moment.now()) != older);
            return new Outcome(
                    holds,
                    List.of(field.path()),
                    Outcome.earliest(
                            ends.stream()
                                    .filter(end -> end.isAfter(moment.now()))
                                    .filter(end -> end.isBefore(NEVER))));
        }

        private Instant end(Comparable<?> has, ZoneId zone) {
            if (has instanceof LocalDate day) {
                // Days first: one that begins at one o'clock makes none of the others do so.
                return period instanceof Period days
                        ? day.plus(days).atStartOfDay(zone).toInstant()
                        : day.atStartOfDay(zone).plus(period).toInstant();
            }
            ZonedDateTime time = ((Instant) has).atZone(zone);
            return time.plus(period).toInstant();
        }
    }

    private static Outcome leaf(boolean holds, Field field) {
        return new Outcome(holds, List.of(field.path()), null);
    }

    private static Outcome several(List<Rule> rules, boolean all, Facts facts, Moment moment) {
        List<Outcome> each = rules.stream().map(rule -> rule.of(facts, moment)).toList();
        List<Outcome> against = each.stream().filter(one -> one.holds() != all).toList();
        return against.isEmpty()
                ? Outcome.together(all, each)
                : Outcome.decided(!all, against.getFirst(), against);
    }

    /** Both are of the field's type. */
    @SuppressWarnings("unchecked")
    private static int order(Comparable<?> one, Comparable<?> other) {
        return ((Comparable<Object>) one).compareTo(other);
    }
}
