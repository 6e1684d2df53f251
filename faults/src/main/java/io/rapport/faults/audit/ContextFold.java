package io.rapport.faults.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.faults.topic.Logged;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the context of each customer must be, as a fold of the topics: one line a row of its tables.
 */
final class ContextFold {
    private record Contacts(long count, Instant first, Instant last) {}

    private record Sum(long count, BigDecimal sum) {}

    private final Map<String, Contacts> contacts = new TreeMap<>();
    private final Map<String, Sum> amounts = new TreeMap<>();
    private final Map<String, Sum> ratings = new TreeMap<>();
    private final Map<String, Long> turns = new TreeMap<>();
    private final Map<String, String> accounts = new TreeMap<>();

    private ContextFold() {}

    /**
     * Rows by table and key, as {@link #contacts}, {@link #sum}, {@link #account} and {@link #turn}
     * write them.
     */
    static Map<String, String> of(Collection<Logged> effective) {
        ContextFold fold = new ContextFold();
        List<Logged> ordered =
                effective.stream().sorted(Comparator.comparingLong(Logged::sequence)).toList();
        ordered.forEach(fold::take);
        Map<String, String> rows = new TreeMap<>(fold.accounts);
        fold.contacts.forEach(
                (customer, of) ->
                        rows.put(
                                "context_interaction " + customer,
                                contacts(of.count(), of.first(), of.last())));
        fold.amounts.forEach(
                (key, of) -> rows.put("context_amount " + key, sum(of.count(), of.sum())));
        fold.ratings.forEach(
                (key, of) -> rows.put("context_feedback " + key, sum(of.count(), of.sum())));
        fold.turns.forEach((key, count) -> rows.put(key, Long.toString(count)));
        return rows;
    }

    static String contacts(long count, Instant first, Instant last) {
        return count + " from " + first + " to " + last;
    }

    static String sum(long count, BigDecimal sum) {
        return count + " of " + sum.stripTrailingZeros().toPlainString();
    }

    static String account(String balance, String tier) {
        return balance + " " + tier;
    }

    /** The key of how often we turned to a customer by this channel at this time. */
    static String turn(String customer, Instant at, String channel) {
        return "context_contact " + customer + " " + at + " " + channel;
    }

    private void take(Logged event) {
        String customer = event.customer();
        switch (event.type()) {
            case "interaction.recorded.v1" -> interaction(customer, event);
            case "feedback.received.v1" ->
                    ratings.merge(
                            customer + " " + event.payload().path("metric").asText(),
                            new Sum(1, new BigDecimal(event.payload().path("rating").asInt())),
                            ContextFold::plus);
            case "loyalty.points-earned.v1", "loyalty.points-reversed.v1" ->
                    accounts.put(
                            accountKey(event),
                            account(
                                    event.payload().path("balance").asText(),
                                    event.payload().path("tier").asText()));
            case "loyalty.tier-changed.v1" ->
                    accounts.computeIfPresent(
                            accountKey(event),
                            (key, before) ->
                                    account(
                                            before.substring(0, before.indexOf(' ')),
                                            event.payload().path("to").asText()));
            default -> {
                // The context does not know it.
            }
        }
    }

    private void interaction(String customer, Logged event) {
        Instant time = Instant.parse(event.attribute("time"));
        contacts.merge(
                customer,
                new Contacts(1, time, time),
                (one, other) ->
                        new Contacts(
                                one.count() + other.count(),
                                one.first().isBefore(other.first()) ? one.first() : other.first(),
                                one.last().isAfter(other.last()) ? one.last() : other.last()));
        if (event.payload().path("direction").asText().equals("OUTBOUND")) {
            // The database keeps microseconds.
            Instant at = time.truncatedTo(ChronoUnit.MICROS);
            turns.merge(
                    turn(customer, at, event.payload().path("channel").asText()), 1L, Long::sum);
        }
        String type = event.payload().path("type").asText();
        JsonNode amount = event.payload().path("amount");
        if (type.equals("PURCHASE") || type.equals("CANCELLATION")) {
            amounts.merge(
                    customer + " " + type + " " + amount.path("currency").asText(),
                    new Sum(1, new BigDecimal(amount.path("amount").asText())),
                    ContextFold::plus);
        }
    }

    private static String accountKey(Logged event) {
        return "context_loyalty "
                + event.customer()
                + " "
                + event.payload().path("programme").asText();
    }

    private static Sum plus(Sum one, Sum other) {
        return new Sum(one.count() + other.count(), one.sum().add(other.sum()));
    }
}
