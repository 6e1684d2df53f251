package io.rapport.customer.profile;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Answers about one customer, with the headers that belong to them. Paths are relative to the host
 * that was asked.
 */
public final class CustomerAnswers {

    /**
     * The response that every API description of the suite has for a request that was not served.
     */
    public static final String PROBLEM = "Problem";

    /** How a path names a customer. */
    public static final String REFERENCE =
            "The customer's id, or an identity as source:externalId.";

    public static final String ETAG = "The customer's version.";
    public static final String IF_MATCH =
            "The ETag of the customer that the change was made on, or *.";
    public static final String IF_NONE_MATCH =
            "The ETag that the caller has: 304 while it is the customer's.";
    public static final String LOCATION = "The path under which it lives.";

    private CustomerAnswers() {}

    public static String path(UUID customer) {
        return "/customers/" + customer;
    }

    public static Response created(Customer customer, CustomerView view) {
        return of(Response.status(Response.Status.CREATED).entity(view), customer)
                .header(HttpHeaders.LOCATION, path(customer.id()))
                .build();
    }

    public static Response changed(Customer customer, CustomerView view) {
        return of(Response.ok(view), customer).build();
    }

    /**
     * 304 when the caller has this version already. {@code contentLocation}: where it lives, if not
     * where it was asked.
     */
    public static Response read(
            Customer customer,
            CustomerView view,
            @Nullable String ifNoneMatch,
            @Nullable String contentLocation) {
        ResponseBuilder answer =
                ETags.noneMatch(ifNoneMatch, customer.version())
                        ? Response.ok(view)
                        : Response.notModified();
        return of(answer, customer).header(HttpHeaders.CONTENT_LOCATION, contentLocation).build();
    }

    /** The answer about a part of {@code customer}, with the ETag of the whole. */
    public static ResponseBuilder of(ResponseBuilder answer, Customer customer) {
        return answer.header(HttpHeaders.ETAG, ETags.of(customer.version()));
    }
}
