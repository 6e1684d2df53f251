package io.rapport.local.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rapport.local.stack.LocalPorts;
import io.rapport.local.stack.ServiceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * A server at the ports of all four services that answers as it is told, and keeps what it was
 * asked.
 */
public final class ToldServices implements AutoCloseable {
    /**
     * {@code target} is the path with its query; {@code atLeast} is empty where nothing was asked
     * for.
     */
    public record Asked(String method, String target, String atLeast, String body) {}

    public record Told(int status, String version, String body) {
        public static Told ok(String body) {
            return new Told(200, "", body);
        }

        public Told as(String version) {
            return new Told(status, version, body);
        }
    }

    private final List<HttpServer> servers = new ArrayList<>();
    private final ConcurrentLinkedQueue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final Function<Asked, Told> answers;

    public ToldServices(LocalPorts ports, Function<Asked, Told> answers) throws IOException {
        this.answers = answers;
        for (ServiceName service : ServiceName.values()) {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(
                                    InetAddress.getLoopbackAddress(), ports.http(service)),
                            0);
            server.createContext("/", this::answer);
            server.start();
            servers.add(server);
        }
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            Asked request =
                    new Asked(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            String.join(
                                    ",",
                                    exchange.getRequestHeaders()
                                            .getOrDefault("Rapport-At-Least", List.of())),
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
            asked.add(request);
            Told told = answers.apply(request);
            if (!told.version().isEmpty()) {
                exchange.getResponseHeaders().add("Rapport-Version", told.version());
            }
            byte[] body = told.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(told.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
    }
}
