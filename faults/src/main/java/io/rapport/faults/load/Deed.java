package io.rapport.faults.load;

import io.rapport.local.stack.ServiceName;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that a service is told, under one key for good: sent again, it is the same to the
 * letter. {@code body} is written once its person is registered, {@code told} is what must be held
 * of it, in one line.
 */
record Deed(
        Kind kind,
        Person person,
        String path,
        Supplier<String> body,
        @Nullable String idempotencyKey,
        String told) {
    enum Kind {
        PROFILE(ServiceName.CUSTOMER, "PUT", "customer"),
        CUSTOMER(ServiceName.CUSTOMER, "POST", "customer"),
        INTERACTION(ServiceName.INTERACTION, "POST", "interaction"),
        RATING(ServiceName.FEEDBACK, "POST", "feedback");

        final ServiceName service;
        final String method;
        final String fact;

        Kind(ServiceName service, String method, String fact) {
            this.service = service;
            this.method = method;
            this.fact = fact;
        }

        /** The kinds of facts that are told to a service. */
        static Set<String> factsOf(ServiceName service) {
            return Arrays.stream(values())
                    .filter(kind -> kind.service == service)
                    .map(kind -> kind.fact)
                    .collect(Collectors.toSet());
        }

        /** Whether the answer is a customer, which changes with the next of its kind. */
        boolean ofCustomer() {
            return service == ServiceName.CUSTOMER;
        }
    }
}
