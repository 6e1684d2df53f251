package io.rapport.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** What customer-service shows of one customer in its context. */
public record Holding(String customer, Figures figures, long points, String tier) {
    static Holding of(String customer, JsonNode context) {
        JsonNode interactions = context.path("interactions");
        JsonNode loyalty = context.path("loyalty");
        return new Holding(
                customer,
                new Figures(
                        tallies(interactions.path("purchases")),
                        tallies(interactions.path("cancellations"))),
                loyalty.path("balance").asLong(),
                loyalty.path("tier").asText("-"));
    }

    private static Map<String, Tally> tallies(JsonNode list) {
        Map<String, Tally> tallies = new HashMap<>();
        for (JsonNode entry : list) {
            Tally tally =
                    new Tally(
                            entry.path("count").asLong(),
                            new BigDecimal(entry.path("sum").asText("0")));
            if (tally.count() > 0) {
                tallies.put(entry.path("currency").asText(), tally);
            }
        }
        return tallies;
    }
}
