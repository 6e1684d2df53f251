package io.rapport.customer.consent;

import io.rapport.customer.profile.AnsweredAs;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What a customer has allowed: given, confirmed, withdrawn, checked. Bodies are validated after it
 * is known that the caller may speak of the customer.
 */
@Path("/customers/{customer}/consents")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Consents")
public class ConsentResource {

    private static final String EXAMPLE = "online-retail:17850";
    private static final String KEY =
            "The same key and body again: the first answer, and no second record.";
    private static final String EXAMPLE_KEY = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35";

    private final Reception reception;
    private final ConsentReading reading;

    ConsentResource(Reception reception, ConsentReading reading) {
        this.reception = reception;
        this.reading = reading;
    }

    @POST
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.PARTNER})
    @Operation(
            operationId = "giveConsent",
            summary = "Record that a customer has given a consent",
            description =
                    "It counts at once, or after its confirmation where the purpose asks for a double opt-in. Evidence"
                            + " that arrives late takes its place by the time at which it was said; a withdrawal of the"
                            + " same time or later wins. A partner speaks of customers that one of its sources knows,"
                            + " and gives evidence of its own sources. 409 too-many-consent-records when it was given"
                            + " too often: by a source of a partner 500 times, of all partners 900, of all 1,000.")
    @APIResponse(
            responseCode = "201",
            description = "Recorded.",
            content = @Content(schema = @Schema(implementation = RecordedConsent.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "422", ref = CustomerAnswers.PROBLEM)
    public Response give(
            @Parameter(description = CustomerAnswers.REFERENCE, example = EXAMPLE)
                    @PathParam("customer")
                    String customer,
            @Parameter(description = KEY, required = true, example = EXAMPLE_KEY)
                    @HeaderParam("Idempotency-Key")
                    @Nullable String idempotencyKey,
            @NotNull NewConsent given) {
        return reception.give(customer, idempotencyKey, given);
    }

    @POST
    @Path("{consent}/confirm")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.PARTNER})
    @Operation(
            operationId = "confirmConsent",
            summary = "Record that a customer has confirmed a giving (double opt-in)",
            description =
                    "Again: the first answer. A partner confirms what its own sources have recorded.")
    @APIResponse(
            responseCode = "200",
            description = "Recorded, now or before.",
            content = @Content(schema = @Schema(implementation = RecordedConsent.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Response confirm(
            @Parameter(description = CustomerAnswers.REFERENCE, example = EXAMPLE)
                    @PathParam("customer")
                    String customer,
            @Parameter(description = "The id of the record in which it was given.")
                    @PathParam("consent")
                    UUID consent,
            @NotNull Confirmation confirmation) {
        return reception.confirm(customer, consent, confirmation);
    }

    @POST
    @Path("withdraw")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.PARTNER})
    @Operation(
            operationId = "withdrawConsent",
            summary = "Record that a customer has withdrawn a consent, or wants none",
            description =
                    "Also where none was given, on channels that the purpose does not cover, and of retired purposes."
                            + " Ends what was given before it or at the same time, by whichever source. Never refused"
                            + " for want of room: where a consent was withdrawn 1,000 times, what would end nothing is"
                            + " answered by the latest withdrawal.")
    @APIResponse(
            responseCode = "200",
            description = "Recorded.",
            content = @Content(schema = @Schema(implementation = RecordedConsent.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "422", ref = CustomerAnswers.PROBLEM)
    public Response withdraw(
            @Parameter(description = CustomerAnswers.REFERENCE, example = EXAMPLE)
                    @PathParam("customer")
                    String customer,
            @Parameter(description = KEY, required = true, example = EXAMPLE_KEY)
                    @HeaderParam("Idempotency-Key")
                    @Nullable String idempotencyKey,
            @NotNull Withdrawal withdrawal) {
        return reception.withdraw(customer, idempotencyKey, withdrawal);
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listConsents",
            summary = "List what holds now, by purpose and channel",
            description =
                    "Of what nobody has said anything there is no row: no consent is the default. A page is made of"
                            + " 10,000 records at most, so it may have fewer rows than its limit although `next`"
                            + " is there.")
    @APIResponse(
            responseCode = "200",
            description = "A page of consents.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description = AnsweredAs.DESCRIPTION,
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Page<ConsentView> list(
            @Parameter(description = CustomerAnswers.REFERENCE, example = EXAMPLE)
                    @PathParam("customer")
                    String customer,
            @BeanParam PageRequest page) {
        return reading.current(CustomerReference.parse(customer), page);
    }

    @GET
    @Path("history")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listConsentHistory",
            summary = "List all that was said of a customer's consents, newest first",
            description = "In the order of recording; nothing in it ever changes.")
    @APIResponse(
            responseCode = "200",
            description = "A page of records.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description = AnsweredAs.DESCRIPTION,
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Page<ConsentRecordView> history(
            @Parameter(description = CustomerAnswers.REFERENCE, example = EXAMPLE)
                    @PathParam("customer")
                    String customer,
            @BeanParam PageRequest page) {
        return reading.history(CustomerReference.parse(customer), page);
    }

    @GET
    @Path("check")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN, Roles.PARTNER})
    @Operation(
            operationId = "checkConsent",
            summary = "Ask whether a customer may be turned to for a purpose on a channel",
            description =
                    "Yes or no, the reason, and the record that decides. A time that has passed is answered as it was:"
                            + " by what was recorded by then, whatever has become known since of the time before. A"
                            + " partner asks about customers that one of its sources knows.")
    @APIResponse(
            responseCode = "200",
            description = "The answer.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description = AnsweredAs.DESCRIPTION,
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public ConsentCheck check(
            @Parameter(description = CustomerAnswers.REFERENCE, example = EXAMPLE)
                    @PathParam("customer")
                    String customer,
            @BeanParam CheckQuery query) {
        return reading.check(CustomerReference.parse(customer), query);
    }
}
