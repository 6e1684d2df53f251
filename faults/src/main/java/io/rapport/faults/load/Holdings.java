package io.rapport.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.faults.audit.Fact;
import io.rapport.local.stack.ServiceName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What the services answer that they hold, page after page. */
public final class Holdings {
    private final Caller caller;
    private final List<Fact> held = new ArrayList<>();

    private Holdings(Caller caller) {
        this.caller = caller;
    }

    /** All customers, and of these customers all that is listed. */
    public static List<Fact> of(Caller caller, Set<String> customers) {
        Holdings holdings = new Holdings(caller);
        for (ServiceName service : ServiceName.values()) {
            holdings.read(service, customers);
        }
        return holdings.held;
    }

    /** The same of one service. */
    static List<Fact> of(Caller caller, ServiceName service, Set<String> customers) {
        Holdings holdings = new Holdings(caller);
        holdings.read(service, customers);
        return holdings.held;
    }

    private void read(ServiceName service, Set<String> customers) {
        switch (service) {
            case CUSTOMER -> caller.pages(service, "/customers?limit=100", this::customer);
            case INTERACTION -> read(service, "/interactions", customers, this::interaction);
            case FEEDBACK -> read(service, "/feedback", customers, this::rating);
            case LOYALTY -> {
                // Nobody tells it anything: what it holds follows from interactions.
            }
        }
    }

    private void read(
            ServiceName service, String list, Set<String> customers, Consumer<JsonNode> item) {
        for (String customer : customers) {
            caller.pages(service, list + "?limit=100&customer=" + customer, item);
        }
    }

    private void customer(JsonNode item) {
        held.add(fact("customer", item, item.path("displayName").asText()));
    }

    private void interaction(JsonNode item) {
        String sourceId = item.path("sourceId").asText();
        String type = item.path("type").asText();
        JsonNode amount = item.path("amount");
        held.add(
                fact(
                        "interaction",
                        item,
                        item.path("direction").asText().equals("OUTBOUND")
                                ? Plan.toldOutbound(sourceId, type, item.path("channel").asText())
                                : Plan.toldInteraction(
                                        sourceId,
                                        type,
                                        new BigDecimal(amount.path("amount").asText()),
                                        amount.path("currency").asText())));
    }

    private void rating(JsonNode item) {
        String sourceId = item.path("sourceId").isTextual() ? item.path("sourceId").asText() : null;
        held.add(fact("feedback", item, Plan.toldRating(sourceId, item.path("rating").asInt())));
    }

    private static Fact fact(String kind, JsonNode item, String content) {
        return new Fact(kind, item.path("id").asText(), content);
    }
}
