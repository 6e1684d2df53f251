package io.rapport.platform.http;

import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.rapport.platform.Refusal;
import jakarta.inject.Singleton;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Answers every failure of a REST request with its problem document and the headers that belong to
 * it.
 */
@Singleton
final class ProblemResponses {

    private final Problems problems;

    ProblemResponses(Problems problems) {
        this.problems = problems;
    }

    // Those that the framework has mappers of its own for are named one by one, or its own would be
    // nearer.
    @ServerExceptionMapper({
        Throwable.class,
        WebApplicationException.class,
        NotFoundException.class,
        ValidationException.class,
        MismatchedInputException.class,
        InvalidDefinitionException.class,
        UnauthorizedException.class,
        ForbiddenException.class,
        AuthenticationFailedException.class
    })
    Response answer(Throwable failure, ResteasyReactiveContainerRequestContext request) {
        ResteasyReactiveRequestContext context =
                (ResteasyReactiveRequestContext) request.getServerRequestContext();
        Optional<Refusal> refusal = problems.refusal(failure);
        Problem problem =
                refusal.map(Problem::of)
                        .orElseGet(
                                () ->
                                        isUnreadableQuery(failure, request)
                                                ? unreadableQuery()
                                                : problems.other(failure));
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        refusal.flatMap(Refusal::retryAfter)
                .ifPresent(wait -> response.header(HttpHeaders.RETRY_AFTER, seconds(wait)));
        if (problem.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, challenge(failure));
        }
        if (problem.status() == 405) {
            response.header(HttpHeaders.ALLOW, String.join(", ", allowed(context)));
        }
        return response.build();
    }

    static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    private static String challenge(Throwable failure) {
        return failure instanceof AuthenticationFailedException
                ? "Bearer error=\"invalid_token\""
                : "Bearer";
    }

    /**
     * A value that its parameter cannot hold is no page that is missing, though the framework says
     * so.
     */
    private static boolean isUnreadableQuery(
            Throwable failure, ResteasyReactiveContainerRequestContext request) {
        return failure instanceof NotFoundException
                && failure.getCause() != null
                && !request.getUriInfo().getQueryParameters().isEmpty();
    }

    private static Problem unreadableQuery() {
        return Problem.of(
                400,
                "invalid-parameter",
                "A parameter has a value that it cannot have: see the API's description.");
    }

    /**
     * The methods that the same path has. The framework knows them, and leaves it to us to say so.
     */
    private static Set<String> allowed(ResteasyReactiveRequestContext context) {
        Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
        String path = context.getPathWithoutPrefix();
        RequestMapper<InitialMatch> classes =
                new RequestMapper<>(context.getDeployment().getClassMappers());
        RequestMapper.RequestMatch<InitialMatch> match = classes.map(path);
        while (match != null) {
            String rest = match.remaining.isEmpty() ? "/" : match.remaining;
            for (var handler : match.value.handlers) {
                if (handler instanceof ClassRoutingHandler routing) {
                    routing.getMappers()
                            .forEach((method, paths) -> add(methods, method, paths.map(rest)));
                }
            }
            match = classes.continueMatching(path, match);
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }

    private static void add(Set<String> methods, @Nullable String method, @Nullable Object match) {
        if (method != null && match != null) {
            methods.add(method);
        }
    }
}
