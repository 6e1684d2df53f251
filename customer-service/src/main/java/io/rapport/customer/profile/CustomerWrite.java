package io.rapport.customer.profile;

import io.rapport.customer.CustomerEvent;
import io.rapport.customer.profile.WrittenCustomers.Written;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A version of a customer that is being written. {@code before} is null at registration. {@code
 * answer}: what the customer answers from then on, with the values of its members. {@code changes}:
 * what becomes another value in that; none when nothing differs, and then there is nothing to
 * write.
 */
public record CustomerWrite(
        @Nullable Merged before, Merged after, Customer answer, List<Change> changes) {

    static CustomerWrite registration(Customer customer) {
        return new CustomerWrite(
                null,
                new Merged(customer, List.of()),
                customer,
                List.of(Change.beginning(customer)));
    }

    /** The same registration at another time. */
    CustomerWrite registeredAt(Instant now) {
        Customer customer = answer.registeredAt(now);
        return new CustomerWrite(null, new Merged(customer, List.of()), customer, changes);
    }

    /** {@code changed}: the next version of what {@code before} answers as {@code view}. */
    static CustomerWrite edition(Merged before, Customer view, Customer changed) {
        Merged after = before.showing(changed);
        Customer own = after.own().at(changed.version(), changed.updatedAt());
        return new CustomerWrite(
                before, new Merged(own, after.members()), changed, Contents.changes(view, changed));
    }

    /** What stays as it is. */
    static CustomerWrite nothing(Customer current) {
        Merged same = new Merged(current, List.of());
        return new CustomerWrite(same, same, current, List.of());
    }

    public boolean isRegistration() {
        return before == null;
    }

    public boolean changesNothing() {
        return before != null && before.own().version() == own().version();
    }

    UUID id() {
        return answer.id();
    }

    /** The values that the customer has of its own. */
    Customer own() {
        return after.own();
    }

    /** {@code part} of the values that it had of its own; {@code none} at registration. */
    <T> T ownBefore(Function<Customer, T> part, T none) {
        return before == null ? none : part.apply(before.own());
    }

    /** What those who observe writes are told. */
    Written written() {
        return new Written(before == null ? null : before.view(), answer);
    }

    /** What the log tells of it. */
    CustomerEvent event() {
        return isRegistration()
                ? new CustomerEvent.Registered(
                        id(), answer.createdAt(), Objects.requireNonNull(answer.profile().kind()))
                : new CustomerEvent.Changed(id(), answer.updatedAt(), Change.members(changes));
    }
}
