package io.rapport.customer.preference;

import io.rapport.customer.Channel;
import io.rapport.customer.identity.OwnSources;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerReading;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.PastCustomers;
import io.rapport.customer.profile.Preference;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import io.rapport.platform.event.Versions;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers whether we may turn to a customer, now, at a time that lies ahead, or as it was. */
@ApplicationScoped
class ContactPermissions {

    private static final Duration FURTHEST = Duration.ofDays(366);

    private final CustomerReading reading;
    private final CustomerRows customers;
    private final PastCustomers past;
    private final ContactRows contacts;
    private final OwnSources sources;
    private final Caller caller;
    private final Versions versions;
    private final Clock clock;

    ContactPermissions(
            CustomerReading reading,
            CustomerRows customers,
            PastCustomers past,
            ContactRows contacts,
            OwnSources sources,
            Caller caller,
            Versions versions,
            Clock clock) {
        this.reading = reading;
        this.customers = customers;
        this.past = past;
        this.contacts = contacts;
        this.sources = sources;
        this.caller = caller;
        this.versions = versions;
        this.clock = clock;
    }

    /** Before anything else is looked at, so that a partner learns nothing of others. */
    void requireVisible(CustomerReference reference) {
        sources.require(reference);
    }

    ContactPermission check(CustomerReference reference, Channel channel, @Nullable Instant asked) {
        Instant now = clock.instant();
        if (asked != null && asked.isAfter(now.plus(FURTHEST))) {
            throw Refusal.invalid(
                    "invalid-check",
                    "This cannot be checked like this.",
                    new FieldError("at", "must not lie more than a year ahead"));
        }
        Customer asking = reading.of(reference);
        // Who was merged into it is no partner's business, nor by a token.
        versions.read(caller.isStaff() ? asking.all() : List.of(asking.id()));
        Instant at = asked == null ? now : asked;
        Customer current = reading.of(reference);
        Customer customer = at.isBefore(now) ? past.require(named(reference), at) : current;
        ZoneId zone = zone(customer);
        List<ContactFinding> findings =
                new ContactRules(
                                held(customer),
                                zone,
                                (since, until) -> contacts.newest(customer.all(), since, until))
                        .against(channel, at);
        return ContactPermission.of(
                current.id(),
                channel,
                at,
                zone,
                findings,
                finding -> caller.isStaff() ? finding : finding.forPartners());
    }

    /** The very customer of a reference, who may have answered by itself, or as another, then. */
    private UUID named(CustomerReference reference) {
        return customers.named(reference).orElseThrow(CustomerRows::unknown).customer().id();
    }

    private static Map<String, List<Preference>> held(Customer customer) {
        return Preference.byKey(customer.preferences()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, known -> holding(known.getValue())));
    }

    /** All that were learnt in the way that holds. */
    private static List<Preference> holding(List<Preference> known) {
        return known.stream()
                .filter(preference -> preference.learnt() == known.getFirst().learnt())
                .toList();
    }

    private static ZoneId zone(Customer customer) {
        String zone = customer.profile().timeZone();
        return zone == null ? ZoneId.of("UTC") : ZoneId.of(zone);
    }
}
