package io.rapport.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares, customer by customer, the file with what each service holds: number and sum of
 * purchases and cancellations in the file, in interaction-service and in the context; points as
 * folded from the file, in loyalty-service and in the context. Each read asks for a state that has
 * seen the customer's last accepted row.
 */
final class Proof {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 1000;

    private final SuiteClient client;
    private final LoadOptions options;
    private final Map<String, String> versions;
    private final Map<String, String> differences = new ConcurrentSkipListMap<>();
    private final Map<String, Holding> holdings = new ConcurrentSkipListMap<>();

    Proof(SuiteClient client, LoadOptions options, Map<String, String> versions) {
        this.client = client;
        this.options = options;
        this.versions = versions;
    }

    void run(Map<String, Expectation> expectations, Progress progress) {
        Crew.forEach(
                options.connections(),
                List.copyOf(expectations.entrySet()),
                expectation -> {
                    compare(expectation.getKey(), expectation.getValue());
                    progress.advance(1);
                });
    }

    /** By customer, in words; empty when everything agrees. */
    Map<String, String> differences() {
        return Map.copyOf(differences);
    }

    List<Holding> holdings() {
        return List.copyOf(holdings.values());
    }

    private void compare(String customer, Expectation expected) {
        String reference = SuiteClient.segment(options.source() + ":" + customer);
        try {
            String version = versions.get(customer);
            Answer account = read(ServiceName.LOYALTY, "/loyalty/accounts/" + reference, version);
            String seen = account.version().orElse(version);
            Answer context =
                    read(
                            ServiceName.CUSTOMER,
                            "/customers/" + reference + "/context",
                            joined(version, seen));
            Figures recorded = recorded(reference, version);
            long points = json(account).path("balance").asLong();
            Holding holding = Holding.of(customer, json(context));
            holdings.put(customer, holding);
            List<String> differing = new ArrayList<>();
            differ(differing, "interaction-service", expected.figures(), recorded);
            differ(differing, "context", expected.figures(), holding.figures());
            differ(differing, "points in loyalty-service", expected.points(), points);
            differ(differing, "points in the context", expected.points(), holding.points());
            if (!differing.isEmpty()) {
                differences.put(customer, String.join("; ", differing));
            }
        } catch (CannotGoOn e) {
            differences.put(customer, String.valueOf(e.getMessage()));
        }
    }

    private static void differ(List<String> differing, String where, Object file, Object held) {
        if (!file.equals(held)) {
            differing.add(where + ": " + held + " instead of " + file);
        }
    }

    /** All purchases and cancellations of a customer, counted from the pages of the list. */
    private Figures recorded(String reference, @Nullable String version) {
        Figures figures = Figures.NONE;
        String after = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            Answer answer =
                    read(
                            ServiceName.INTERACTION,
                            "/interactions?customer=" + reference + "&limit=" + PAGE + after,
                            version);
            JsonNode body = json(answer);
            for (JsonNode item : body.path("items")) {
                figures = plus(figures, item);
            }
            String next = body.path("next").asText("");
            if (next.isEmpty() || body.path("next").isNull()) {
                return figures;
            }
            after = "&after=" + SuiteClient.segment(next);
        }
        throw new CannotGoOn("more than " + MOST_PAGES * PAGE + " interactions");
    }

    private static Figures plus(Figures figures, JsonNode item) {
        String type = item.path("type").asText();
        if (Arrays.stream(Invoice.Kind.values()).noneMatch(kind -> kind.name().equals(type))) {
            return figures;
        }
        JsonNode amount = item.path("amount");
        return figures.plus(
                Invoice.Kind.valueOf(type),
                amount.path("currency").asText(),
                new BigDecimal(amount.path("amount").asText("0")));
    }

    private Answer read(ServiceName service, String path, @Nullable String atLeast) {
        Answer answer = client.get(service, path, atLeast);
        if (!answer.ok()) {
            throw new CannotGoOn(
                    service.label() + " answered " + answer.status() + ": " + answer.excerpt());
        }
        return answer;
    }

    private static @Nullable String joined(@Nullable String one, @Nullable String other) {
        if (one == null || other == null || one.equals(other)) {
            return other == null ? one : other;
        }
        return one + "," + other;
    }

    private static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new CannotGoOn("an answer that is no JSON: " + answer.excerpt(), e);
        }
    }
}
