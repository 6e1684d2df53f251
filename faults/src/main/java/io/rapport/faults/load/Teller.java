package io.rapport.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One caller of the load, with customers of its own. What is not known to be done is sent again,
 * the same to the letter, until it is. Its plan has a source of chance to itself, so that it stays
 * the same however often something is sent again. For one thread at a time.
 */
final class Teller {
    private static final int MOST_OPEN = 50;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(100);

    private final Plan plan;
    private final Random random;
    private final Caller caller;
    private final Ledger ledger;
    private final Tally tally;
    private final Deque<Deed> open = new ArrayDeque<>();

    Teller(String name, long seed, Caller caller, Ledger ledger, Tally tally) {
        Random seeds = new Random(seed);
        this.plan = new Plan(name, new Random(seeds.nextLong()));
        this.random = new Random(seeds.nextLong());
        this.caller = caller;
        this.ledger = ledger;
        this.tally = tally;
    }

    /** Tells while it is wanted, and then settles what is open. */
    void work(BooleanSupplier wanted, Duration pace, Duration patience) {
        while (wanted.getAsBoolean()) {
            boolean again = open.size() >= MOST_OPEN || (!open.isEmpty() && random.nextInt(4) == 0);
            boolean done = tell(again ? open.remove() : plan.next());
            pause((done ? pace : AFTER_FAILURE).plusMillis(random.nextInt(50)));
        }
        settle(patience);
    }

    /** A customer of its own, registered and named. */
    Person register() {
        Deed deed = plan.newIdentity();
        tell(deed);
        settle(Duration.ofSeconds(30));
        return deed.person();
    }

    /** One of everything that makes an event of this customer in each log. */
    void touch(Person person) {
        tellOfAll(person);
        settle(Duration.ofSeconds(30));
    }

    /** The same, and false when a part of it has to be told again, which is not done here. */
    boolean tellOfAll(Person person) {
        boolean done = person.changing() || tellProfile(person);
        done &= tellPurchase(person);
        done &= tellRating(person);
        return done;
    }

    /** Another one than before; false when it has to be told again. */
    boolean tellProfile(Person person) {
        String name = person.displayName();
        return tell(
                plan.profile(
                        person,
                        name.endsWith("'") ? name.substring(0, name.length() - 1) : name + "'"));
    }

    /** False when it has to be told again. */
    boolean tellPurchase(Person person) {
        return tell(plan.interaction(person, "PURCHASE"));
    }

    /** False when it has to be told again. */
    boolean tellRating(Person person) {
        return tell(plan.rating(person));
    }

    /** Tells once more what is open; false when some of it still is. */
    boolean tellAgain() {
        for (int i = open.size(); i > 0; i--) {
            tell(open.remove());
        }
        return open.isEmpty();
    }

    /** Asks a service for what it holds of a customer; refused when it does not answer. */
    JsonNode ask(ServiceName service, String id) {
        return caller.get(
                service,
                switch (service) {
                    case CUSTOMER -> "/customers/" + id;
                    case INTERACTION -> "/interactions?limit=1&customer=" + id;
                    case LOYALTY -> "/loyalty/accounts/" + id;
                    case FEEDBACK -> "/feedback?limit=1&customer=" + id;
                });
    }

    /** Tells the profiles of those of its customers anew whom the source has a name for. */
    void registerAgain(Set<String> ids) {
        for (Person person : plan.namedAmong(ids)) {
            if (!person.changing()) {
                tell(plan.profile(person, person.displayName()));
            }
        }
        settle(Duration.ofSeconds(30));
    }

    /** What could not be settled. */
    List<String> open() {
        return open.stream().map(deed -> deed.kind() + " " + deed.told()).toList();
    }

    /** Tells again what is open until it is done, or patience is used up. */
    void settle(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!tellAgain() && System.nanoTime() < deadline) {
            pause(BETWEEN_TRIES);
        }
    }

    /** False when it has to be told again, or later. */
    private boolean tell(Deed deed) {
        if (!deed.person().admits(deed)) {
            open.add(deed);
            return false;
        }
        return switch (caller.tell(deed, random)) {
            case Reply.Done done -> {
                ledger.acknowledge(deed, done.body().path("id").asText());
                tally.acknowledged();
                yield true;
            }
            case Reply.Refused refused -> {
                ledger.refuse(deed, refused.why());
                yield true;
            }
            case Reply.Again _ -> {
                open.add(deed);
                yield false;
            }
        };
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }
}
