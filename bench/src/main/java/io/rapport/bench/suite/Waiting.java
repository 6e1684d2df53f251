package io.rapport.bench.suite;

import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.LocalPorts;
import io.rapport.local.stack.ServiceName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * Events in the outboxes, and records that consumers have not applied, of all services together, as
 * their metrics tell them. Outboxes are counted every five seconds; unknown is {@code NaN}.
 */
record Waiting(double pending, double lag) {
    private static final String PENDING = "rapport_outbox_pending";
    private static final String LAG = "rapport_consumer_lag";

    static Waiting of(LocalPorts ports) throws IOException, InterruptedException {
        double pending = 0;
        double lag = 0;
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (ServiceName service : ServiceName.values()) {
                String metrics = metrics(http, ports.management(service));
                pending += sum(metrics, PENDING);
                lag += sum(metrics, LAG);
            }
        }
        return new Waiting(pending, lag);
    }

    private static String metrics(HttpClient http, int port)
            throws IOException, InterruptedException {
        URI address = URI.create("http://" + LocalPorts.HOST + ":" + port + "/q/metrics");
        return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }

    /** All values of a metric in Prometheus' text format; refuses a text without one. */
    static double sum(String metrics, String name) {
        double[] values =
                metrics.lines()
                        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                        .mapToDouble(
                                line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                        .toArray();
        if (values.length == 0) {
            throw new CannotGoOn("The metrics do not tell " + name + ".");
        }
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
