package io.rapport.platform.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Answers with a problem document what never reaches REST: unknown paths, addresses that are no
 * URI, addresses and headers that are too long, bodies that are too large or compressed, TRACE,
 * origins that are not allowed, and failures on the way. Cuts clients that send or read too slowly.
 */
@Singleton
final class HttpEdge implements HttpServerOptionsCustomizer {

    /**
     * The rest of a body that is refused is read away up to here, or the client would not see why
     * it was cut off.
     */
    private static final long DRAINED_BYTES = 64L << 20;

    private final Problems problems;
    private final ObjectMapper json;
    private final int maxAddress;
    private final long maxHeaders;
    private final long maxBody;
    private final Duration slowest;
    private final Duration unanswered;
    private final Set<String> origins;

    HttpEdge(
            Problems problems,
            ObjectMapper json,
            @ConfigProperty(name = "rapport.http.max-address") int maxAddress,
            @ConfigProperty(name = "rapport.http.max-headers") MemorySize maxHeaders,
            @ConfigProperty(name = "rapport.http.max-body") MemorySize maxBody,
            @ConfigProperty(name = "rapport.http.request-timeout") Duration slowest,
            @ConfigProperty(name = "rapport.http.answer-timeout") Duration unanswered,
            @ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> origins) {
        this.problems = problems;
        this.json = json;
        this.maxAddress = maxAddress;
        this.maxHeaders = maxHeaders.asLongValue();
        this.maxBody = maxBody.asLongValue();
        this.slowest = slowest;
        this.unanswered = unanswered;
        this.origins = Set.copyOf(origins.orElse(List.of()));
    }

    /**
     * Whoever sends a byte now and then is never idle. So a connection ends, too, on which no
     * answer went out whole for so long: the request did not come, or its answer is not read.
     */
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        TimeUnit unit = options.getIdleTimeoutUnit();
        options.setWriteIdleTimeout(Math.toIntExact(unit.convert(unanswered)));
        // While it listens for an upgrade, the server only looks for connections that are idle.
        options.setHttp2ClearTextEnabled(false);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customizeHttpServer(options);
    }

    void routes(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::admit).failureHandler(this::fail);
        router.route()
                .order(Integer.MAX_VALUE)
                .handler(context -> refuse(context, Problems.ofStatus(404)));
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Problem refused = refused(request);
        if (refused != null) {
            refuse(context, refused);
            return;
        }
        if (mayDrip(request)) {
            long timer = context.vertx().setTimer(slowest.toMillis(), late -> cut(context));
            context.addEndHandler(done -> context.vertx().cancelTimer(timer));
        }
        context.next();
    }

    private static boolean mayDrip(HttpServerRequest request) {
        return !request.isEnded()
                && (request.version() == HttpVersion.HTTP_2
                        || request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING));
    }

    private @Nullable Problem refused(HttpServerRequest request) {
        if (request.uri().length() > maxAddress) {
            return Problems.ofStatus(414);
        }
        if (length(request.headers()) > maxHeaders) {
            return Problems.ofStatus(431);
        }
        if (request.method().equals(HttpMethod.TRACE)) {
            return Problems.ofStatus(405);
        }
        if (!isAddress(request.uri())) {
            return Problem.of(400, "invalid-address", "An address must be a URI, without U+0000.");
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Problems.ofStatus(415);
        }
        if (length(request) > maxBody) {
            return Problems.ofStatus(413);
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || isAllowed(origin, request)
                ? null
                : Problem.of(403, "origin-not-allowed", "This origin may not call the API.");
    }

    private boolean isAllowed(String origin, HttpServerRequest request) {
        return origins.contains(origin)
                || origins.contains("*")
                || origin.equals(request.scheme() + "://" + request.authority());
    }

    /** Quarkus answers what is none itself, and bare, unless vertx.disableURIValidation is set. */
    private static boolean isAddress(String uri) {
        try {
            return !new URI(uri).toString().contains("%00");
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static long length(MultiMap headers) {
        long length = 0;
        for (Map.Entry<String, String> header : headers) {
            length += header.getKey().length() + header.getValue().length();
        }
        return length;
    }

    /** The length that the body is said to have; 0 when it is not said. */
    private static long length(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void cut(RoutingContext context) {
        if (!context.request().isEnded()) {
            context.request().connection().close();
        }
    }

    private void fail(RoutingContext context) {
        Throwable failure = context.failure();
        int status = context.statusCode();
        boolean byProtocol = failure == null || (status >= 400 && status < 500);
        refuse(context, byProtocol ? Problems.ofStatus(status) : problems.of(failure));
    }

    private void refuse(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (response.ended()) {
            return;
        }
        if (response.headWritten()) {
            context.request().connection().close();
            return;
        }
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (problem.status() == 503) {
            response.putHeader("Retry-After", "1");
        }
        if (problem.status() == 405) {
            response.putHeader(HttpHeaders.ALLOW, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        }
        if (length(context.request()) > DRAINED_BYTES) {
            response.putHeader(HttpHeaders.CONNECTION, "close");
        }
        context.request().resume();
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(json.valueToTree(problem).toString());
    }
}
