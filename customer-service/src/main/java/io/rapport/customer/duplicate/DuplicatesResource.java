package io.rapport.customer.duplicate;

import io.rapport.customer.profile.AnsweredAs;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.CustomerReading;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Customers that may be one and the same, read by staff and reviewed by managers. */
@Path("/customers")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Duplicates", description = "Customers that may be one and the same.")
public class DuplicatesResource {

    private final Duplicates duplicates;
    private final DuplicateRows rows;
    private final CustomerReading reading;

    DuplicatesResource(Duplicates duplicates, DuplicateRows rows, CustomerReading reading) {
        this.duplicates = duplicates;
        this.rows = rows;
        this.reading = reading;
    }

    @GET
    @Path("duplicates")
    @RolesAllowed({Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listDuplicatesToReview",
            summary = "List pairs of customers that may be the same",
            description =
                    "Most alike first, without those that somebody said are not the same. Pairs are"
                            + " found whenever one of the two is written.")
    @APIResponse(responseCode = "200", description = "A page of pairs.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    public Page<DuplicatePair> toReview(@BeanParam PageRequest page) {
        String filters = "duplicates";
        DuplicateRows.Last last =
                page.after(filters)
                        .map(cursor -> last(cursor, cursor.uuid(1), cursor.uuid(2)))
                        .orElse(null);
        return Page.of(
                first(rows.toReview(last), page),
                page.limit(),
                filters,
                pair ->
                        Cursor.of(
                                pair.finding().hundredths(),
                                pair.customers().get(0),
                                pair.customers().get(1)));
    }

    @GET
    @Path("{customer}/duplicates")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listDuplicates",
            summary = "List customers that may be the same as this one",
            description =
                    "Most alike first. With notTheSame=true those that somebody said are not.")
    @APIResponse(
            responseCode = "200",
            description = "A page of customers.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description = AnsweredAs.DESCRIPTION,
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Page<Duplicate> of(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @QueryParam("notTheSame")
                    @DefaultValue("false")
                    @Pattern(regexp = "true|false", message = "must be true or false")
                    @Parameter(
                            description = "Whether to list those that are said not to be the same.",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    String notTheSame,
            @BeanParam PageRequest page) {
        UUID id = reading.of(CustomerReference.parse(customer)).id();
        String filters = "duplicates?customer=" + id + "&notTheSame=" + notTheSame;
        DuplicateRows.Last last =
                page.after(filters)
                        .map(cursor -> last(cursor, cursor.uuid(1), cursor.uuid(1)))
                        .orElse(null);
        return Page.of(
                first(rows.of(id, Boolean.parseBoolean(notTheSame), last), page),
                page.limit(),
                filters,
                duplicate -> Cursor.of(duplicate.hundredths(), duplicate.customer()));
    }

    @PUT
    @Path("{customer}/duplicates/{other}/not-the-same")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "declareNotTheSame",
            summary = "Say that two customers are not the same",
            description =
                    "Of both, whichever is named first, and until it is taken back: the pair is not"
                            + " reviewed any more.")
    @APIResponse(
            responseCode = "200",
            description = "Remembered; again: nothing changes. Tells the other customer.")
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Duplicate notTheSame(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = CustomerAnswers.REFERENCE, example = "loyalty-card:6342")
                    @PathParam("other")
                    String other) {
        return duplicates.deny(CustomerReference.parse(customer), CustomerReference.parse(other));
    }

    @DELETE
    @Path("{customer}/duplicates/{other}/not-the-same")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "withdrawNotTheSame",
            summary = "Take back that two customers are not the same",
            description = "If they are still alike, managers find the pair among those to review.")
    @APIResponse(
            responseCode = "200",
            description = "Taken back; again: nothing changes. Tells the other customer.")
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Duplicate maybeTheSame(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = CustomerAnswers.REFERENCE, example = "loyalty-card:6342")
                    @PathParam("other")
                    String other) {
        return duplicates.denyNoMore(
                CustomerReference.parse(customer), CustomerReference.parse(other));
    }

    private static DuplicateRows.Last last(Cursor cursor, UUID a, UUID b) {
        return new DuplicateRows.Last(Math.clamp(cursor.number(0), 0, 100), new Pair(a, b));
    }

    private static <T> List<T> first(List<T> rows, PageRequest page) {
        return rows.subList(0, Math.min(rows.size(), page.limitPlusOne()));
    }
}
