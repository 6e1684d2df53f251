package io.rapport.customer.exporting;

import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.CustomerView;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Exports of customers: made, looked at, downloaded and cancelled. */
@Path("/customer-exports")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Imports and exports")
public class ExportResource {

    private static final String ID = "The export's id.";
    private static final String FILTERS = "customer-exports";

    private final Exports exports;
    private final ExportRows rows;
    private final IdempotencyKeys keys;

    ExportResource(Exports exports, ExportRows rows, IdempotencyKeys keys) {
        this.exports = exports;
        this.rows = rows;
        this.keys = keys;
    }

    @POST
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "makeCustomerExport",
            summary = "Write customers to a file",
            description =
                    "It is written from now on; download it when it is COMPLETED. Each customer stands as it is at the"
                            + " moment in which it is written.")
    @APIResponse(
            responseCode = "201",
            description = "Made; Location says where.",
            headers = {
                @Header(
                        name = "Location",
                        description = CustomerAnswers.LOCATION,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = CustomerExport.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "422", ref = CustomerAnswers.PROBLEM)
    public Response make(
            @Parameter(
                            description =
                                    "The same key and body again: the first answer, and no second export.",
                            required = true,
                            example = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35")
                    @HeaderParam("Idempotency-Key")
                    @Nullable String idempotencyKey,
            @NotNull @Valid NewExport given) {
        return keys.once(
                "makeCustomerExport",
                idempotencyKey,
                given,
                () -> {
                    CustomerExport made = exports.make(given.checked());
                    return Response.status(Response.Status.CREATED)
                            .entity(made)
                            .header(HttpHeaders.LOCATION, "/customer-exports/" + made.id())
                            .build();
                });
    }

    @GET
    @RolesAllowed({Roles.MANAGER, Roles.ADMIN})
    @Operation(operationId = "listCustomerExports", summary = "List exports, newest first")
    @APIResponse(responseCode = "200", description = "A page of exports.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    public Page<CustomerExport> list(@BeanParam PageRequest page) {
        UUID before = page.after(FILTERS).map(cursor -> cursor.uuid(0)).orElse(null);
        List<CustomerExport> found = rows.list(before, page.limitPlusOne());
        return Page.of(found, page.limit(), FILTERS, last -> Cursor.of(last.id()));
    }

    @GET
    @Path("{export}")
    @RolesAllowed({Roles.MANAGER, Roles.ADMIN})
    @Operation(operationId = "getCustomerExport", summary = "Tell how far an export has come")
    @APIResponse(
            responseCode = "200",
            description = "The export.",
            content = @Content(schema = @Schema(implementation = CustomerExport.class)))
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    public CustomerExport get(@Parameter(description = ID) @PathParam("export") UUID id) {
        return exports.require(id);
    }

    @POST
    @Path("{export}/cancel")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "cancelCustomerExport",
            summary = "Stop an export, and delete what it holds",
            description = "Again: the export as it stands.")
    @APIResponse(
            responseCode = "200",
            description = "The export, which holds nothing any more.",
            content = @Content(schema = @Schema(implementation = CustomerExport.class)))
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    public CustomerExport cancel(@Parameter(description = ID) @PathParam("export") UUID id) {
        return exports.cancel(id);
    }

    @GET
    @Path("{export}/content")
    @Produces({"application/x-ndjson", "text/csv"})
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "getCustomerExportContent",
            summary = "Download the file of an export",
            description =
                    "In the format of the export, in the order of ids; an import takes its rows. Open CSV as text:"
                            + " what customers are called may look like a formula to a spreadsheet.")
    @APIResponse(
            responseCode = "200",
            description = "The file.",
            content = {
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(implementation = CustomerView.class)),
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(type = SchemaType.STRING),
                        examples =
                                @ExampleObject(
                                        name = "some columns of a customer",
                                        value =
                                                "id,status,kind,displayName\n019a…,ACTIVE,PERSON,Ada\n"))
            })
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    public Response content(@Parameter(description = ID) @PathParam("export") UUID id) {
        CustomerExport export = exports.require(id);
        return Response.ok(exports.content(export))
                .type(export.format().mediaType())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"customers."
                                + export.format().name().toLowerCase(Locale.ROOT)
                                + "\"")
                .build();
    }
}
