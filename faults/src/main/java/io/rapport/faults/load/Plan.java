package io.rapport.faults.load;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses, by a seed and nothing else, what one teller tells next: mostly purchases, then refunds,
 * ratings and messages of ours, now and then a customer or another profile. For one thread.
 */
final class Plan {
    static final String SOURCE = "faults";
    private static final List<String> CURRENCIES = List.of("GBP", "EUR");
    private static final List<String> CHANNELS = List.of("EMAIL", "SMS", "LETTER");

    private final String teller;
    private final Random random;
    private final List<Person> people = new ArrayList<>();
    private int number;

    Plan(String teller, Random random) {
        this.teller = teller;
        this.random = random;
    }

    Deed next() {
        int roll = random.nextInt(100);
        if (people.size() < 3 || roll < 3) {
            return random.nextInt(3) == 0 ? newCustomer() : newIdentity();
        }
        Person person = people.get(random.nextInt(people.size()));
        if (roll < 8 && person.externalId() != null) {
            return profile(person, name());
        }
        if (roll < 25) {
            return rating(person);
        }
        if (roll < 35) {
            return message(person);
        }
        return interaction(person, roll < 50 ? "CANCELLATION" : "PURCHASE");
    }

    /** Those of these customers whom the source has a name for. */
    List<Person> namedAmong(Set<String> ids) {
        return people.stream()
                .filter(person -> person.externalId() != null)
                .filter(person -> person.id() != null && ids.contains(person.id()))
                .toList();
    }

    Deed newIdentity() {
        String name = name();
        return profile(spokenOf(new Person(key(), name)), name);
    }

    private Person spokenOf(Person person) {
        people.add(person);
        return person;
    }

    Deed profile(Person person, String name) {
        return new Deed(
                Deed.Kind.PROFILE,
                person,
                "/customers/by/" + SOURCE + "/" + person.externalId(),
                () -> named(name),
                null,
                name);
    }

    private Deed newCustomer() {
        String name = name();
        return new Deed(
                Deed.Kind.CUSTOMER,
                spokenOf(new Person(null, name)),
                "/customers",
                () -> named(name),
                key(),
                name);
    }

    private static String named(String name) {
        return "{\"displayName\": \"%s\"}".formatted(name);
    }

    Deed interaction(Person person, String type) {
        String sourceId = key();
        BigDecimal amount = BigDecimal.valueOf(1 + random.nextInt(20_000), 2);
        String currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
        BigDecimal signed = type.equals("PURCHASE") ? amount : amount.negate();
        boolean byId = random.nextBoolean();
        Instant time = time();
        return new Deed(
                Deed.Kind.INTERACTION,
                person,
                "/interactions",
                () ->
                        """
                        {"customer": "%s", "source": "%s", "sourceId": "%s", "type": "%s", "channel": "WEB",
                         "direction": "INBOUND", "amount": {"amount": "%s", "currency": "%s"},
                         "occurredAt": "%s"}"""
                                .formatted(
                                        person.reference(byId),
                                        SOURCE,
                                        sourceId,
                                        type,
                                        signed.toPlainString(),
                                        currency,
                                        time),
                null,
                toldInteraction(sourceId, type, signed, currency));
    }

    static String toldInteraction(
            String sourceId, String type, BigDecimal amount, String currency) {
        return sourceId
                + " "
                + type
                + " "
                + amount.stripTrailingZeros().toPlainString()
                + " "
                + currency;
    }

    /** Something that we said to the customer, which carries no amount. */
    private Deed message(Person person) {
        String sourceId = key();
        String channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
        boolean byId = random.nextBoolean();
        Instant time = time();
        return new Deed(
                Deed.Kind.INTERACTION,
                person,
                "/interactions",
                () ->
                        """
                        {"customer": "%s", "source": "%s", "sourceId": "%s", "type": "MESSAGE", "channel": "%s",
                         "direction": "OUTBOUND",
                         "occurredAt": "%s"}"""
                                .formatted(person.reference(byId), SOURCE, sourceId, channel, time),
                null,
                toldOutbound(sourceId, "MESSAGE", channel));
    }

    static String toldOutbound(String sourceId, String type, String channel) {
        return sourceId + " " + type + " by " + channel;
    }

    Deed rating(Person person) {
        boolean bySource = random.nextBoolean();
        String key = key();
        int rating = random.nextInt(11);
        String origin =
                bySource ? ", \"source\": \"%s\", \"sourceId\": \"%s\"".formatted(SOURCE, key) : "";
        boolean byId = random.nextBoolean();
        return new Deed(
                Deed.Kind.RATING,
                person,
                "/feedback",
                () ->
                        "{\"customer\": \"%s\", \"metric\": \"NPS\", \"rating\": %d%s}"
                                .formatted(person.reference(byId), rating, origin),
                bySource ? null : key,
                toldRating(bySource ? key : null, rating));
    }

    static String toldRating(@Nullable String sourceId, int rating) {
        return (sourceId == null ? "-" : sourceId) + " NPS " + rating;
    }

    /** Long gone and quite near, so that it comes in no order. */
    private Instant time() {
        return Instant.now()
                .minus(random.nextInt(1_000_000), ChronoUnit.SECONDS)
                .truncatedTo(ChronoUnit.MILLIS);
    }

    private String key() {
        number++;
        return teller + "-" + number;
    }

    private String name() {
        return "Customer " + teller + " " + random.nextInt(1_000_000);
    }
}
