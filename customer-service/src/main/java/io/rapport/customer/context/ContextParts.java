package io.rapport.customer.context;

import io.rapport.customer.context.CustomerContext.Amount;
import io.rapport.customer.context.CustomerContext.Feedback;
import io.rapport.customer.context.CustomerContext.Interactions;
import io.rapport.customer.context.CustomerContext.Loyalty;
import io.rapport.customer.context.CustomerContext.Metric;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the other services have told of one customer, or of several who are one. */
record ContextParts(Interactions interactions, Loyalty loyalty, List<Rating> ratings) {

    static final ContextParts NONE =
            new ContextParts(
                    new Interactions(0, null, null, List.of(), List.of()),
                    new Loyalty(0, null),
                    List.of());

    /** How often one metric was rated, and the sum of it. */
    record Rating(String metric, long count, long sum) {}

    /** The figures of both added up. */
    ContextParts plus(ContextParts other) {
        return new ContextParts(
                plus(interactions, other.interactions),
                plus(loyalty, other.loyalty),
                merged(
                        ratings,
                        other.ratings,
                        Rating::metric,
                        (one, two) ->
                                new Rating(one.metric, one.count + two.count, one.sum + two.sum)));
    }

    Feedback feedback() {
        return new Feedback(
                ratings.stream().mapToLong(Rating::count).sum(),
                ratings.stream()
                        .map(rating -> new Metric(rating.metric, rating.count, mean(rating)))
                        .toList());
    }

    private static BigDecimal mean(Rating rating) {
        return BigDecimal.valueOf(rating.sum)
                .divide(BigDecimal.valueOf(rating.count), 2, RoundingMode.HALF_UP);
    }

    private static Interactions plus(Interactions one, Interactions other) {
        return new Interactions(
                one.count() + other.count(),
                either(one.firstAt(), other.firstAt(), Comparator.reverseOrder()),
                either(one.lastAt(), other.lastAt(), Comparator.naturalOrder()),
                plus(one.purchases(), other.purchases()),
                plus(one.cancellations(), other.cancellations()));
    }

    private static @Nullable Instant either(
            @Nullable Instant one, @Nullable Instant other, Comparator<Instant> order) {
        return Stream.of(one, other).filter(Objects::nonNull).max(order).orElse(null);
    }

    private static List<Amount> plus(List<Amount> some, List<Amount> others) {
        return merged(
                some,
                others,
                Amount::currency,
                (one, two) ->
                        new Amount(
                                one.currency(),
                                one.count() + two.count(),
                                new BigDecimal(one.sum())
                                        .add(new BigDecimal(two.sum()))
                                        .toPlainString()));
    }

    /** A tier is one account's: that of several together is for loyalty-service to say. */
    private static Loyalty plus(Loyalty one, Loyalty other) {
        boolean several = one.tier() != null && other.tier() != null;
        String any = one.tier() == null ? other.tier() : one.tier();
        return new Loyalty(Math.addExact(one.balance(), other.balance()), several ? null : any);
    }

    private static <T> List<T> merged(
            List<T> some, List<T> others, Function<T, String> key, BinaryOperator<T> plus) {
        SortedMap<String, T> all = new TreeMap<>();
        Stream.concat(some.stream(), others.stream())
                .forEach(one -> all.merge(key.apply(one), one, plus));
        return List.copyOf(all.values());
    }
}
