package io.rapport.customer.profile;

import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What a customer is to other customers. Each change is one of the customer that has the relation:
 * it has that customer's ETag, and asks for it.
 */
@Path("/customers/{customer}/relations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Relations", description = "What customers are to each other.")
public class RelationResource {

    private static final String TYPE = "household, works-for or referred-by.";
    private static final String RELATED = "The other customer: its id, or source:externalId.";

    private final CustomerRegister register;
    private final CustomerReading reading;
    private final CustomerRows rows;
    private final RelationRows relations;

    RelationResource(
            CustomerRegister register,
            CustomerReading reading,
            CustomerRows rows,
            RelationRows relations) {
        this.register = register;
        this.reading = reading;
        this.rows = rows;
        this.relations = relations;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listRelations",
            summary = "List the relations that a customer has",
            description = "All of them, at most 12, on one page.")
    @APIResponse(
            responseCode = "200",
            description = "The relations; customer is the other one.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description = AnsweredAs.DESCRIPTION,
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Page<Relation> list(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer) {
        return new Page<>(reading.of(CustomerReference.parse(customer)).relations(), null);
    }

    @GET
    @Path("incoming")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listIncomingRelations",
            summary = "List who has a relation to a customer",
            description =
                    "Those in its household, who work for it, or were referred by it; by type and id.")
    @APIResponse(
            responseCode = "200",
            description = "A page of relations; customer is the one that has it.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description = AnsweredAs.DESCRIPTION,
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Page<Relation> incoming(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = "Only " + TYPE, example = "works-for") @QueryParam("type")
                    @Nullable String type,
            @BeanParam PageRequest page) {
        RelationType only = type == null ? null : RelationType.ofPath(type);
        Customer related = reading.of(CustomerReference.parse(customer));
        String filters = "relations to " + related.id() + " of type " + only;
        Relation last =
                page.after(filters)
                        .map(
                                cursor ->
                                        new Relation(
                                                RelationType.ofPath(cursor.text(0)),
                                                cursor.uuid(1)))
                        .orElse(null);
        List<Relation> found = relations.incoming(related.all(), only, last, page.limitPlusOne());
        return Page.of(
                found,
                page.limit(),
                filters,
                relation -> Cursor.of(relation.type().inPath(), relation.customer()));
    }

    @PUT
    @Path("{type}/{related}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "putRelation",
            summary = "Say what a customer is to another one",
            description =
                    "One that is there already makes no new version. A customer lives in one household, is referred"
                            + " by one customer, and works for at most 10.")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The relation is there.",
            headers = {
                @Header(
                        name = "ETag",
                        description = CustomerAnswers.ETAG,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = Relation.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public Response put(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = TYPE, example = "works-for") @PathParam("type") String type,
            @Parameter(description = RELATED, example = "crm:4711") @PathParam("related")
                    String related,
            @Parameter(description = CustomerAnswers.IF_MATCH, required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch) {
        Relation relation = relation(type, rows.require(CustomerReference.parse(related)));
        Customer changed = change(customer, ifMatch, all -> Relation.with(all, relation));
        return CustomerAnswers.of(Response.ok(relation), changed).build();
    }

    @DELETE
    @Path("{type}/{related}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(operationId = "removeRelation", summary = "Take a relation away")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The customer as it is now; its history keeps what was taken away.",
            headers = {
                @Header(
                        name = "ETag",
                        description = CustomerAnswers.ETAG,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public Response remove(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = TYPE, example = "works-for") @PathParam("type") String type,
            @Parameter(description = RELATED, example = "crm:4711") @PathParam("related")
                    String related,
            @Parameter(description = CustomerAnswers.IF_MATCH, required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch) {
        CustomerReference other = CustomerReference.parse(related);
        Relation meant = relation(type, rows.require(other));
        Relation named = relation(type, rows.named(other).orElseThrow(CustomerRows::unknown));
        Customer changed =
                change(
                        customer,
                        ifMatch,
                        all -> Relation.without(all, all.contains(named) ? named : meant));
        return CustomerAnswers.changed(changed, CustomerView.of(changed));
    }

    private static Relation relation(String type, CustomerRow related) {
        return new Relation(RelationType.ofPath(type), related.customer().id());
    }

    private Customer change(
            String customer, @Nullable String ifMatch, UnaryOperator<List<Relation>> edit) {
        return register.change(
                CustomerReference.parse(customer), ifMatch, current -> current.withRelations(edit));
    }
}
