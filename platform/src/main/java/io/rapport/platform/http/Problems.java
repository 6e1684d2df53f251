package io.rapport.platform.http;

import com.fasterxml.jackson.core.JacksonException;
import io.opentelemetry.api.trace.Span;
import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.rapport.platform.Refusal;
import io.vertx.core.VertxException;
import jakarta.inject.Singleton;
import jakarta.transaction.RollbackException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import java.io.CharConversionException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * Turns any failure into the problem document that tells it. What is nobody's fault but ours says
 * nothing except its trace id, and is logged with its stack.
 */
@Singleton
public final class Problems {

    private static final int MAX_CAUSES = 30;

    private final List<ConstraintRefusals> constraints;

    Problems(@All List<ConstraintRefusals> constraints) {
        this.constraints = List.copyOf(constraints);
    }

    /** The problem of one item, where a request has many and each gets its own answer. */
    public Problem of(Throwable failure) {
        return refusal(failure).map(Problem::of).orElseGet(() -> other(failure));
    }

    /** What the failure means in terms of a rule that said no; empty when no rule did. */
    Optional<Refusal> refusal(Throwable failure) {
        List<Throwable> causes = causes(failure);
        return ofInput(failure)
                .or(() -> ofInput(failure.getCause()))
                .or(() -> ofRule(causes))
                .or(() -> ofSurroundings(causes));
    }

    private static Optional<Refusal> ofRule(List<Throwable> causes) {
        return causes.stream()
                .filter(Refusal.class::isInstance)
                .map(Refusal.class::cast)
                .findFirst();
    }

    private static Optional<Refusal> ofInput(@Nullable Throwable failure) {
        return switch (failure) {
            case JacksonException json when JsonFailure.isOfInput(json) ->
                    Optional.of(JsonFailure.refusal(json));
            case CharConversionException _ ->
                    Optional.of(Refusal.invalid("malformed-json", "This is not text in UTF-8."));
            case ConstraintViolationException violations -> Violations.refusal(violations);
            case null, default -> Optional.empty();
        };
    }

    private Optional<Refusal> ofSurroundings(List<Throwable> causes) {
        for (Throwable cause : causes) {
            if (cause instanceof SQLException sql) {
                Optional<Refusal> refusal = DatabaseFailure.refusal(sql, this::byConstraint);
                Log.warnf("Refused by the database: SQLSTATE %s", sql.getSQLState());
                return refusal;
            }
        }
        for (Throwable cause : causes) {
            if (cause instanceof ConnectionException || cause instanceof RollbackException) {
                Log.warnf(
                        "The database gave no connection, or took back a transaction: %s",
                        cause.getClass().getName());
                return Optional.of(DatabaseFailure.unavailable());
            }
            if (cause instanceof AuthenticationFailedException refused && !unanswered(refused)) {
                return Optional.empty();
            }
            if (cause instanceof OIDCException || cause instanceof AuthenticationFailedException) {
                Log.warn("The identity provider cannot be reached");
                return Optional.of(identityProviderUnavailable());
            }
        }
        return Optional.empty();
    }

    /** The key of a token had to be asked for, and there was no answer. */
    private static boolean unanswered(AuthenticationFailedException refused) {
        return refused.getCause() instanceof IOException
                || refused.getCause() instanceof VertxException;
    }

    private Optional<Refusal> byConstraint(String constraint) {
        return constraints.stream().flatMap(feature -> feature.of(constraint).stream()).findFirst();
    }

    private static Refusal identityProviderUnavailable() {
        return Refusal.unavailable(
                        "identity-provider-unavailable",
                        "Tokens cannot be checked just now. Repeat the same request in a moment.")
                .retryAfter(Duration.ofSeconds(2));
    }

    /** The problem of what no rule refused: the protocol did, or it is a fault of ours. */
    Problem other(Throwable failure) {
        return switch (failure) {
            case UnauthorizedException _, AuthenticationFailedException _ -> ofStatus(401);
            case ForbiddenException _ -> ofStatus(403);
            case JacksonException json -> fault(json);
            case IOException _ -> ofStatus(408); // the client went away, or sent too slowly
            case WebApplicationException web when web.getResponse().getStatus() < 500 ->
                    ofStatus(web.getResponse().getStatus());
            default -> fault(failure);
        };
    }

    /** What the protocol itself refuses. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 401 ->
                    Problem.of(401, "unauthenticated", "Send a valid access token for this API.");
            case 403 ->
                    Problem.of(403, "forbidden", "Your token carries no role that may do this.");
            case 404 -> Problem.of(404, "not-found", "There is nothing at this address.");
            case 405 ->
                    Problem.of(405, "method-not-allowed", "Allow says which methods are possible.");
            case 406 ->
                    Problem.of(406, "not-acceptable", "Nothing that Accept lists can be given.");
            case 408 ->
                    Problem.of(
                            408, "request-timeout", "The request came too slowly, or not whole.");
            case 413 ->
                    Problem.of(413, "body-too-large", "The body is larger than this API takes.");
            case 414 ->
                    Problem.of(
                            414, "address-too-long", "The address is longer than this API takes.");
            case 415 ->
                    Problem.of(
                            415,
                            "unsupported-media-type",
                            "This operation does not read that Content-Type or Content-Encoding.");
            case 431 ->
                    Problem.of(
                            431,
                            "headers-too-large",
                            "The headers are larger than this API takes.");
            default -> Problem.of(status, "bad-request", "A part of the request cannot be read.");
        };
    }

    /** A bug, or something that we did not foresee. */
    private static Problem fault(Throwable failure) {
        String trace = Span.current().getSpanContext().getTraceId();
        Log.errorf(failure, "Request failed, trace %s", trace);
        return Problem.of(
                500,
                "internal-error",
                "Something went wrong on our side. Quote trace " + trace + ".");
    }

    /** The failure, its causes and what they suppressed, outermost first, bounded. */
    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> found = new ArrayList<>();
        Deque<Throwable> open = new ArrayDeque<>(List.of(failure));
        while (!open.isEmpty() && found.size() < MAX_CAUSES) {
            Throwable next = open.removeFirst();
            if (!found.contains(next)) {
                found.add(next);
                if (next.getCause() != null) {
                    open.addLast(next.getCause());
                }
                open.addAll(List.of(next.getSuppressed()));
            }
        }
        return found;
    }
}
