package io.rapport.interaction.timeline;

import io.rapport.interaction.type.Vocabulary;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Whose timeline is asked for, and what of it, as the request says: unchecked until read. */
public final class TimelineQuery {

    @Parameter(
            description = "The customer's id, or source:externalId.",
            required = true,
            example = "online-retail:17850")
    @QueryParam("customer")
    @Nullable String customer;

    @Parameter(description = "Only interactions of this type.", example = "PURCHASE")
    @QueryParam("type")
    @Nullable String type;

    @Parameter(description = "Only interactions through this channel.", example = "WEB")
    @QueryParam("channel")
    @Nullable String channel;

    @Parameter(
            description =
                    "Only those in which the customer turned to us, we to the customer, or we to ourselves.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"INBOUND", "OUTBOUND", "INTERNAL"}))
    @QueryParam("direction")
    @Nullable String direction;

    @Parameter(description = "Only interactions at this touchpoint.", example = "checkout")
    @QueryParam("touchpoint")
    @Nullable String touchpoint;

    @Parameter(description = "Only those that this employee served.", example = "emp-0042")
    @QueryParam("employee")
    @Nullable String employee;

    @Parameter(
            description = "Only those that are about what another system calls so.",
            example = "536365")
    @QueryParam("reference")
    @Nullable String reference;

    @Parameter(
            description = "Only those that are about something of this kind.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"ORDER", "INVOICE", "TICKET"}))
    @QueryParam("referenceKind")
    @Nullable String referenceKind;

    @Parameter(
            description =
                    "Only those in whose subject or text this was said: all of the words, in any form that they have in"
                            + " the customer's language. \"Words in quotation marks\" stand side by side, OR stands between"
                            + " alternatives, and - before what must not be there.",
            example = "lantern -refund",
            schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = 200))
    @QueryParam("q")
    @Nullable String words;

    @Parameter(
            description = "Only what occurred at this time or later.",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @QueryParam("from")
    @Nullable String from;

    @Parameter(
            description = "Only what occurred before this time.",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @QueryParam("to")
    @Nullable String to;

    @Parameter(description = "Only interactions of this thread of the customer.")
    @QueryParam("thread")
    @Nullable String thread;

    CustomerReference requireCustomer() {
        if (customer == null || customer.isEmpty()) {
            throw Refusal.invalid(
                    "missing-customer",
                    "Interactions are listed for one customer.",
                    new FieldError(
                            "customer", "is missing; it is a customer's id, or source:externalId"));
        }
        return CustomerReference.parse(customer);
    }

    TimelineFilter filter(Vocabulary vocabulary) {
        return TimelineFilter.parse(this, vocabulary);
    }
}
