package io.rapport.interaction.thread;

import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Whose threads are asked for, and which of them, as the request says: unchecked until read. */
public final class ThreadQuery {

    @Parameter(
            description = "The customer's id, or source:externalId.",
            required = true,
            example = "online-retail:17850")
    @QueryParam("customer")
    @Nullable String customer;

    @Parameter(
            description = "Only threads of this status.",
            schema = @Schema(implementation = ThreadStatus.class))
    @QueryParam("status")
    @Nullable String status;

    CustomerReference requireCustomer() {
        if (customer == null || customer.isEmpty()) {
            throw Refusal.invalid(
                    "missing-customer",
                    "Threads are listed for one customer.",
                    new FieldError(
                            "customer", "is missing; it is a customer's id, or source:externalId"));
        }
        return CustomerReference.parse(customer);
    }

    @Nullable ThreadStatus status() {
        if (status == null) {
            return null;
        }
        return Arrays.stream(ThreadStatus.values())
                .filter(known -> known.name().equals(status))
                .findFirst()
                .orElseThrow(ThreadQuery::unknownStatus);
    }

    private static Refusal unknownStatus() {
        return Refusal.invalid(
                "invalid-filter",
                "The list cannot be filtered like this.",
                new FieldError(
                        "status",
                        "is unknown; it must be one of "
                                + Arrays.stream(ThreadStatus.values())
                                        .map(ThreadStatus::name)
                                        .collect(Collectors.joining(", "))));
    }
}
