package io.rapport.local.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Makes each customer of a file known under its number: PUT by identity, which changes nothing the
 * second time.
 */
final class CustomerLoad {
    private static final JsonMapper JSON = new JsonMapper();

    private final SuiteClient client;
    private final LoadOptions options;
    private final LongAdder made = new LongAdder();
    private final Map<String, String> refused = new ConcurrentHashMap<>();

    CustomerLoad(SuiteClient client, LoadOptions options) {
        this.client = client;
        this.options = options;
    }

    void run(List<Invoice> invoices, Progress progress) {
        List<Invoice> firstOfEach = firstOfEach(invoices);
        Crew.forEach(
                options.connections(),
                firstOfEach,
                invoice -> {
                    register(invoice);
                    progress.advance(1);
                });
    }

    static List<Invoice> firstOfEach(List<Invoice> invoices) {
        Map<String, Invoice> firsts = new LinkedHashMap<>();
        invoices.forEach(invoice -> firsts.putIfAbsent(invoice.customer(), invoice));
        return new ArrayList<>(firsts.values());
    }

    long made() {
        return made.sum();
    }

    /** The service's reason for each customer that it did not take. */
    Map<String, String> refused() {
        return Map.copyOf(refused);
    }

    private void register(Invoice invoice) {
        ObjectNode profile = JSON.createObjectNode();
        profile.put("kind", "PERSON");
        profile.put("displayName", "Customer " + invoice.customer());
        Countries.code(invoice.country()).ifPresent(code -> profile.put("country", code));
        String path =
                "/customers/by/"
                        + SuiteClient.segment(options.source())
                        + "/"
                        + SuiteClient.segment(invoice.customer());
        Answer answer = client.put(ServiceName.CUSTOMER, path, profile.toString());
        if (answer.status() == 201) {
            made.increment();
        } else if (answer.status() >= 500 || answer.status() == 401 || answer.status() == 403) {
            throw new CannotGoOn(
                    "customer-service answered " + answer.status() + ": " + answer.excerpt());
        } else if (!answer.ok()) {
            refused.put(invoice.customer(), answer.excerpt());
        }
    }
}
