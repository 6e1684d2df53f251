package io.rapport.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.faults.audit.Fact;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What the services answer that they hold, page after page. */
public final class Holdings {
    private static final int MOST_PAGES = 10_000;

    private final Caller caller;
    private final List<Fact> held = new ArrayList<>();

    private Holdings(Caller caller) {
        this.caller = caller;
    }

    /** All customers, and of these customers all that is listed. */
    public static List<Fact> of(Caller caller, Set<String> customers) {
        Holdings holdings = new Holdings(caller);
        holdings.pages(ServiceName.CUSTOMER, "/customers?limit=100", holdings::customer);
        for (String customer : customers) {
            holdings.pages(
                    ServiceName.INTERACTION,
                    "/interactions?limit=100&customer=" + customer,
                    holdings::interaction);
            holdings.pages(
                    ServiceName.FEEDBACK,
                    "/feedback?limit=100&customer=" + customer,
                    holdings::rating);
        }
        return holdings.held;
    }

    private void pages(ServiceName service, String path, Consumer<JsonNode> item) {
        String after = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode body = caller.get(service, path + after);
            body.path("items").forEach(item);
            if (!body.path("next").isTextual()) {
                return;
            }
            after =
                    "&after="
                            + URLEncoder.encode(body.path("next").asText(), StandardCharsets.UTF_8);
        }
        throw new CannotGoOn(service.label() + " lists without an end.");
    }

    private void customer(JsonNode item) {
        held.add(fact("customer", item, item.path("displayName").asText()));
    }

    private void interaction(JsonNode item) {
        held.add(
                fact(
                        "interaction",
                        item,
                        Plan.toldInteraction(
                                item.path("sourceId").asText(),
                                item.path("type").asText(),
                                new BigDecimal(item.path("amount").path("amount").asText()),
                                item.path("amount").path("currency").asText())));
    }

    private void rating(JsonNode item) {
        String sourceId = item.path("sourceId").isTextual() ? item.path("sourceId").asText() : null;
        held.add(fact("feedback", item, Plan.toldRating(sourceId, item.path("rating").asInt())));
    }

    private static Fact fact(String kind, JsonNode item, String content) {
        return new Fact(kind, item.path("id").asText(), content);
    }
}
