package io.rapport.customer.importing;

import io.rapport.customer.FileFormat;
import io.rapport.customer.profile.ChangeReason;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Imports of customers: made, uploaded part by part, started, looked at and cancelled. */
@Path("/customer-imports")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Imports and exports", description = "Many customers at once, as files.")
public class ImportResource {

    static final String ID = "The import's id.";

    private static final int MOST_PARTS = 10_000;
    private static final String FILTERS = "customer-imports";

    private final Imports imports;
    private final ImportRows rows;
    private final ImportProblems problems;
    private final ProblemFile file;
    private final IdempotencyKeys keys;

    ImportResource(
            Imports imports,
            ImportRows rows,
            ImportProblems problems,
            ProblemFile file,
            IdempotencyKeys keys) {
        this.imports = imports;
        this.rows = rows;
        this.problems = problems;
        this.file = file;
        this.keys = keys;
    }

    @POST
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "makeCustomerImport",
            summary = "Begin an import of customers",
            description =
                    "Then put the file in parts, and start it. A row is known by all its identities and values of unique"
                            + " attributes, of which it needs one; what it does not tell of a customer stays as it is.")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "201",
            description = "Made; Location says where.",
            headers = {
                @Header(
                        name = "Location",
                        description = CustomerAnswers.LOCATION,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = CustomerImport.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "422", ref = CustomerAnswers.PROBLEM)
    public Response make(
            @Parameter(
                            description =
                                    "The same key and body again: the first answer, and no second import.",
                            required = true,
                            example = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35")
                    @HeaderParam("Idempotency-Key")
                    @Nullable String idempotencyKey,
            @NotNull @Valid NewImport given) {
        return keys.once(
                "makeCustomerImport",
                idempotencyKey,
                given,
                () -> {
                    CustomerImport made = imports.make(given.checked());
                    return Response.status(Response.Status.CREATED)
                            .entity(made)
                            .header(HttpHeaders.LOCATION, "/customer-imports/" + made.id())
                            .build();
                });
    }

    @GET
    @RolesAllowed({Roles.MANAGER, Roles.ADMIN})
    @Operation(operationId = "listCustomerImports", summary = "List imports, newest first")
    @APIResponse(responseCode = "200", description = "A page of imports.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    public Page<CustomerImport> list(@BeanParam PageRequest page) {
        UUID before = page.after(FILTERS).map(cursor -> cursor.uuid(0)).orElse(null);
        List<CustomerImport> found = rows.list(before, page.limitPlusOne());
        return Page.of(found, page.limit(), FILTERS, last -> Cursor.of(last.id()));
    }

    @GET
    @Path("{import}")
    @RolesAllowed({Roles.MANAGER, Roles.ADMIN})
    @Operation(operationId = "getCustomerImport", summary = "Tell how far an import has come")
    @APIResponse(
            responseCode = "200",
            description = "The import.",
            content = @Content(schema = @Schema(implementation = CustomerImport.class)))
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    public CustomerImport get(@Parameter(description = ID) @PathParam("import") UUID id) {
        return imports.require(id);
    }

    @PUT
    @Path("{import}/parts/{number}")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "putCustomerImportPart",
            summary = "Upload a part of the file",
            description =
                    "Parts follow each other by number, from 1 on, and may be cut anywhere, also within a row. One"
                            + " that is put again takes the place of the first: repeat what got no answer.")
    @RequestBody(
            required = true,
            description = "Bytes of the file, at most 4 MiB.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary"),
                            examples =
                                    @ExampleObject(
                                            name = "two rows of CSV",
                                            value =
                                                    "customer no,first name,mail\n17850,Ada,ada@example.org\n")))
    @APIResponse(
            responseCode = "200",
            description = "The import with what was uploaded so far.",
            content = @Content(schema = @Schema(implementation = CustomerImport.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "413", ref = CustomerAnswers.PROBLEM)
    public CustomerImport put(
            @Parameter(description = ID) @PathParam("import") UUID id,
            @Parameter(description = "Its place in the file, from 1 to 10,000.", example = "1")
                    @PathParam("number")
                    @Min(value = 1, message = "must be at least 1")
                    @Max(value = MOST_PARTS, message = "must be at most 10,000")
                    int number,
            byte[] content) {
        return imports.put(id, number, content);
    }

    @POST
    @Path("{import}/start")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "startCustomerImport",
            summary = "Take in what was uploaded",
            description =
                    "Rows are taken in first (RUNNING); then whom they wrote is compared with those born on the same day"
                            + " (COMPARING), so that duplicates are found by likeness, too. Again: the import as it"
                            + " stands, which goes on as it does.")
    @APIResponse(
            responseCode = "200",
            description = "The import, which runs from now on.",
            content = @Content(schema = @Schema(implementation = CustomerImport.class)))
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    public CustomerImport start(@Parameter(description = ID) @PathParam("import") UUID id) {
        return imports.start(id);
    }

    @POST
    @Path("{import}/cancel")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "cancelCustomerImport",
            summary = "Stop an import; rows that were taken in stay",
            description =
                    "What was uploaded is deleted. Who was not compared yet is not, until somebody writes it: `comparison`"
                            + " tells how many that are. Again: the import as it stands.")
    @APIResponse(
            responseCode = "200",
            description = "The import, which has ended.",
            content = @Content(schema = @Schema(implementation = CustomerImport.class)))
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    public CustomerImport cancel(@Parameter(description = ID) @PathParam("import") UUID id) {
        return imports.cancel(id);
    }

    @GET
    @Path("{import}/problems")
    @Produces({"application/x-ndjson", "text/csv"})
    @RolesAllowed({Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "getCustomerImportProblems",
            summary = "Download why rows were refused",
            description =
                    "In the order of rows, by their numbers: the first row of a file is 1, and 0 is the file itself."
                            + " Tells codes, sentences and fields, and no value of a row. The first 10,000 are kept.")
    @APIResponse(
            responseCode = "200",
            description = "One a line; as CSV one for each field.",
            content = {
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(implementation = ImportProblem.class)),
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(type = SchemaType.STRING),
                        examples =
                                @ExampleObject(
                                        name = "one refused row",
                                        value = ProblemFile.CSV_EXAMPLE))
            })
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    public Response problems(
            @Parameter(description = ID) @PathParam("import") UUID id,
            @Parameter(description = "NDJSON unless asked otherwise.")
                    @QueryParam("format")
                    @DefaultValue("NDJSON")
                    FileFormat format) {
        imports.require(id);
        return file.of(format, row -> problems.after(id, row, ProblemFile.AT_ONCE));
    }
}
