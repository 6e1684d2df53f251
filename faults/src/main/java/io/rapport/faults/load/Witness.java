package io.rapport.faults.load;

import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import java.time.Duration;

/**
 * Says of one service whether it takes a write and answers a read, about a customer of its own. For
 * one thread at a time.
 */
public final class Witness {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final ServiceName service;
    private final Teller teller;
    private final Person person;
    private long points = Long.MAX_VALUE;

    Witness(ServiceName service, Teller teller) {
        this.service = service;
        this.teller = teller;
        this.person = teller.register();
        teller.touch(person);
    }

    /** How long it takes from now until it does both, or at least {@code patience}. */
    public Duration until(Duration patience) {
        points = Long.MAX_VALUE;
        long began = System.nanoTime();
        while (true) {
            boolean seen = sees();
            Duration passed = Duration.ofNanos(System.nanoTime() - began);
            if (seen) {
                return passed;
            }
            if (passed.compareTo(patience) >= 0) {
                return patience;
            }
            Teller.pause(BETWEEN_LOOKS);
        }
    }

    /** Whether it does both now. What it does not take is told again the next time. */
    boolean sees() {
        try {
            boolean written = writes();
            return reads() && written;
        } catch (CannotGoOn notNow) {
            return false;
        }
    }

    private boolean writes() {
        if (!teller.tellAgain()) {
            return false;
        }
        return switch (service) {
            case CUSTOMER -> teller.tellProfile(person);
            // Nobody tells loyalty-service anything: it writes what follows from a purchase.
            case INTERACTION, LOYALTY -> teller.tellPurchase(person);
            case FEEDBACK -> teller.tellRating(person);
        };
    }

    private boolean reads() {
        long before = points;
        points = teller.ask(service, person.registeredId()).path("balance").asLong();
        return service != ServiceName.LOYALTY || points > before;
    }
}
