package io.rapport.customer.search;

import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.CustomerView;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Customers found by staff. What is looked for is personal and stands in the body, for paths are
 * logged.
 */
@Path("/customers")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Search", description = "Customers found by what is known of them.")
public class SearchResource {

    private final CustomerSearch search;
    private final ContactPointLookup lookup;

    SearchResource(CustomerSearch search, ContactPointLookup lookup) {
        this.search = search;
        this.lookup = lookup;
    }

    @POST
    @Path("search")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "searchCustomers",
            summary = "Find customers by names, e-mail, phone, external ids and tags",
            description =
                    "Changes nothing. A customer is found when it has every word of the query, best"
                            + " ones first. Case, accents and marks do not matter. Words from four"
                            + " letters on may have one typo, from nine on two, or be the beginning of"
                            + " a longer one; shorter ones, numbers and e-mail addresses are taken as"
                            + " they are. When nobody has an e-mail address, those are found who have"
                            + " its words. There is no bound on how many are found, only on a page.")
    @APIResponse(responseCode = "200", description = "A page of customers, best ones first.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    public Page<SearchHit> search(
            @NotNull @Valid SearchRequest request, @BeanParam PageRequest page) {
        return search.page(request, page);
    }

    @POST
    @Path("lookup")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "lookUpCustomers",
            summary = "List the customers that have an e-mail address, a phone number or a handle",
            description =
                    "Changes nothing. The contact point is normalised and taken exactly; all that"
                            + " have it are listed, in the order of their ids. By a postal address"
                            + " nobody is looked up: it is free text, and the same house is written in"
                            + " many ways.")
    @APIResponse(responseCode = "200", description = "A page of customers.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    public Page<CustomerView> lookUp(
            @NotNull @Valid LookupRequest request, @BeanParam PageRequest page) {
        return lookup.page(request, page);
    }
}
