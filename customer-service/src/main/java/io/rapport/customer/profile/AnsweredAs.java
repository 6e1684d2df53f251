package io.rapport.customer.profile;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * As whom a merged customer answers: every read below {@code /customers/{customer}} that names one
 * says in {@code Content-Location} under which path its survivor answers the same.
 */
@RequestScoped
public class AnsweredAs {

    public static final String DESCRIPTION =
            "Where the same is found under the survivor's id, if a merged customer was named.";

    private static final String CUSTOMERS = "/customers/";

    private @Nullable UUID survivor;

    /** Notes it for the request that is being served, where there is one. */
    static void note(AnsweredAs answered, UUID survivor) {
        if (Arc.container().requestContext().isActive()) {
            answered.survivor(survivor);
        }
    }

    public void survivor(UUID survivor) {
        this.survivor = survivor;
    }

    @ServerResponseFilter
    public void tell(ContainerRequestContext request, ContainerResponseContext response) {
        URI asked = request.getUriInfo().getRequestUri();
        String path = asked.getRawPath();
        if (survivor != null
                && request.getMethod().equals(HttpMethod.GET)
                && response.getStatus() < 400
                && request.getUriInfo().getPathParameters().containsKey("customer")
                && path.startsWith(CUSTOMERS)
                && !response.getHeaders().containsKey(HttpHeaders.CONTENT_LOCATION)) {
            int end = path.indexOf('/', CUSTOMERS.length());
            String below = end < 0 ? "" : path.substring(end);
            String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
            response.getHeaders()
                    .putSingle(
                            HttpHeaders.CONTENT_LOCATION,
                            CustomerAnswers.path(survivor) + below + query);
        }
    }
}
