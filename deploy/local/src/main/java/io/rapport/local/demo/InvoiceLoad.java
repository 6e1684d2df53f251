package io.rapport.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends invoices through the batch endpoint over several connections. All rows of one customer go
 * over the same connection, one batch after the other, so they arrive in file order, also when a
 * batch has to be sent again.
 */
final class InvoiceLoad {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LINE_RETRY_WAIT = Duration.ofMillis(200);

    private final SuiteClient client;
    private final LoadOptions options;
    private final WeekShift shift;
    private final PropagationProbe probe;
    private final LongAdder recorded = new LongAdder();
    private final LongAdder known = new LongAdder();
    private final LongAdder settled = new LongAdder();
    private final ConcurrentLinkedQueue<Invoice> accepted = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<BadLine> refused = new ConcurrentLinkedQueue<>();
    private final Map<String, String> versions = new ConcurrentHashMap<>();

    InvoiceLoad(SuiteClient client, LoadOptions options, WeekShift shift, PropagationProbe probe) {
        this.client = client;
        this.options = options;
        this.shift = shift;
        this.probe = probe;
    }

    void run(List<Invoice> invoices, Progress progress) {
        List<List<Invoice>> shares = new ArrayList<>();
        for (int i = 0; i < options.connections(); i++) {
            shares.add(new ArrayList<>());
        }
        for (Invoice invoice : invoices) {
            shares.get(Math.floorMod(invoice.customer().hashCode(), shares.size())).add(invoice);
        }
        Crew.forEach(shares.size(), shares, share -> sendShare(share, progress));
    }

    /** Interactions that were new to the service. */
    long recorded() {
        return recorded.sum();
    }

    /** Interactions that the service had already, with the same content. */
    long known() {
        return known.sum();
    }

    /** What the service took, now or earlier, in file order. */
    List<Invoice> accepted() {
        return accepted.stream().sorted(Comparator.comparingLong(Invoice::line)).toList();
    }

    List<BadLine> refused() {
        return refused.stream().sorted(Comparator.comparingLong(BadLine::line)).toList();
    }

    /** The version token of each customer's last accepted row. */
    Map<String, String> versions() {
        return Map.copyOf(versions);
    }

    private void sendShare(List<Invoice> share, Progress progress) {
        for (int from = 0; from < share.size(); from += options.batchLines()) {
            List<Invoice> batch =
                    share.subList(from, Math.min(share.size(), from + options.batchLines()));
            List<Invoice> open = sendBatch(batch);
            long deadline = System.nanoTime() + options.patience().toNanos();
            while (!open.isEmpty()) {
                if (System.nanoTime() > deadline) {
                    throw new CannotGoOn(
                            "interaction-service keeps putting off line "
                                    + open.getFirst().line()
                                    + ".");
                }
                pause();
                open = sendBatch(open);
            }
            progress.advance(batch.size());
            settled.add(batch.size());
            options.sent().accept(settled.sum());
        }
    }

    /** Answers the lines that the service could not settle now. */
    private List<Invoice> sendBatch(List<Invoice> batch) {
        StringBuilder body = new StringBuilder();
        batch.forEach(invoice -> body.append(interaction(invoice)).append('\n'));
        Answer answer =
                client.post(
                        ServiceName.INTERACTION,
                        "/interactions/batch",
                        "application/x-ndjson",
                        body.toString());
        long answeredAt = System.nanoTime();
        if (!answer.ok()) {
            throw new CannotGoOn(
                    "interaction-service answered a batch with "
                            + answer.status()
                            + ": "
                            + answer.excerpt());
        }
        List<JsonNode> results =
                answer.body()
                        .lines()
                        .filter(line -> !line.isBlank())
                        .map(InvoiceLoad::json)
                        .toList();
        if (results.size() != batch.size()) {
            throw new CannotGoOn(
                    "interaction-service answered %d lines with %d results."
                            .formatted(batch.size(), results.size()));
        }
        List<Invoice> open = new ArrayList<>();
        List<Invoice> fresh = new ArrayList<>();
        for (JsonNode result : results) {
            Invoice invoice = batch.get(result.path("line").asInt() - 1);
            if (!settle(invoice, result)) {
                open.add(invoice);
            } else if (result.path("status").asInt() == 201) {
                fresh.add(invoice);
            }
        }
        probe.sample(fresh, versions, answeredAt);
        return open;
    }

    private boolean settle(Invoice invoice, JsonNode result) {
        int status = result.path("status").asInt();
        JsonNode problem = result.path("problem");
        if (status == 200 || status == 201) {
            (status == 201 ? recorded : known).increment();
            accepted.add(invoice);
            String version = result.path("version").asText("");
            if (!version.isEmpty()) {
                versions.put(invoice.customer(), version);
            }
            return true;
        }
        boolean passing =
                status == 429
                        || status >= 500
                        || "unknown-customer".equals(problem.path("code").asText());
        if (!passing) {
            refused.add(
                    new BadLine(
                            invoice.line(),
                            "interaction-service answered " + status + " " + problem));
        }
        return !passing;
    }

    private String interaction(Invoice invoice) {
        boolean purchase = invoice.kind() == Invoice.Kind.PURCHASE;
        ObjectNode interaction = JSON.createObjectNode();
        interaction.put("customer", options.source() + ":" + invoice.customer());
        interaction.put("source", options.source());
        interaction.put("sourceId", invoice.number());
        interaction.put("type", invoice.kind().name());
        interaction.put("channel", "WEB");
        interaction.put("direction", "INBOUND");
        interaction.put("touchpoint", purchase ? "checkout" : "returns");
        interaction
                .putObject("amount")
                .put("amount", invoice.amount().toPlainString())
                .put("currency", Invoice.CURRENCY);
        interaction.put("occurredAt", shift.instantOf(invoice.occurredAt()).toString());
        return interaction.toString();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new CannotGoOn("interaction-service answered a line that is no JSON: " + line, e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LINE_RETRY_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }
}
