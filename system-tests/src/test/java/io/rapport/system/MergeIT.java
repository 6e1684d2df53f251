package io.rapport.system;

import static io.rapport.system.Calls.json;
import static io.rapport.system.Calls.version;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rapport.local.stack.ServiceName;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two customers are merged and unmerged over the four packaged services, with facts arriving
 * before, in between and after: each ends as it was, with what came under its own names.
 */
class MergeIT {

    @RegisterExtension static final SharedStack SHARED = new SharedStack();

    /** What came in of one customer, as all four services are to tell it. */
    private static final class Facts {
        final List<String> interactions = new ArrayList<>();
        final List<String> feedback = new ArrayList<>();
        long points;

        Facts and(Facts other) {
            Facts both = new Facts();
            both.interactions.addAll(interactions);
            both.interactions.addAll(other.interactions);
            both.feedback.addAll(feedback);
            both.feedback.addAll(other.feedback);
            both.points = points + other.points;
            return both;
        }
    }

    private final Map<String, Facts> told = new HashMap<>();

    /** By stream and customer, the highest number that any answer has seen. */
    private final Map<String, Long> seen = new TreeMap<>();

    @Test
    void merged_customers_are_one_everywhere_and_come_back_as_they_were() throws Exception {
        String survivor = register("ada", "{\"givenName\": \"Ada\", \"tags\": [\"vip\"]}");
        String member = register("king", "{\"givenName\": \"Augusta\", \"country\": \"GB\"}");
        for (String name : List.of("ada", "king", "king")) {
            tell(name);
        }
        assertTold("ada", survivor, facts("ada"));
        assertTold("king", member, facts("king"));
        JsonNode ada = profile("ada");
        JsonNode king = profile("king");

        see(
                SHARED.calls()
                        .command(
                                "/customers/" + survivor + "/merge",
                                "{\"members\": [{\"customer\": \"merge:king\"}]}"));
        for (String name : List.of("ada", "king", member, survivor)) {
            assertTold(name, survivor, facts("ada").and(facts("king")));
        }
        // Facts come under both names meanwhile, and count at once under either.
        tell("king");
        tell("ada");
        tell("king");
        for (String name : List.of("ada", "king")) {
            assertTold(name, survivor, facts("ada").and(facts("king")));
        }
        assertThat(profile("king").path("givenName").asText()).isEqualTo("Ada");
        assertThat(profile("king").path("country").asText()).isEqualTo("GB");

        see(SHARED.calls().command("/customers/" + member + "/unmerge", null));
        assertTold("ada", survivor, facts("ada"));
        assertTold("king", member, facts("king"));
        assertThat(profile("ada")).isEqualTo(ada);
        assertThat(profile("king")).isEqualTo(king);
        tell("king");
        assertTold("king", member, facts("king"));
        assertTold("ada", survivor, facts("ada"));
    }

    private static String register(String name, String profile) throws Exception {
        HttpResponse<String> made =
                SHARED.calls()
                        .send(
                                ServiceName.CUSTOMER,
                                "PUT",
                                "/customers/by/merge/" + name,
                                null,
                                profile);
        return json(made).path("id").asText();
    }

    private Facts facts(String name) {
        return told.computeIfAbsent(name, any -> new Facts());
    }

    /** A purchase of ten pounds and a rating come in. */
    private void tell(String name) throws Exception {
        Facts facts = facts(name);
        String sourceId = name + facts.interactions.size();
        HttpResponse<String> purchase =
                SHARED.calls()
                        .send(
                                ServiceName.INTERACTION,
                                "POST",
                                "/interactions",
                                null,
                                """
                        {"customer": "merge:%s", "source": "merge", "sourceId": "%s", "type": "PURCHASE",
                         "channel": "STORE", "direction": "INBOUND", "amount": {"amount": "10.00", "currency": "GBP"},
                         "occurredAt": "2026-01-01T10:00:00Z"}"""
                                        .formatted(name, sourceId));
        facts.interactions.add(json(purchase).path("id").asText());
        facts.points += 10;
        see(purchase);
        HttpResponse<String> rating =
                SHARED.calls()
                        .send(
                                ServiceName.FEEDBACK,
                                "POST",
                                "/feedback",
                                null,
                                """
                        {"customer": "merge:%s", "source": "merge", "sourceId": "%s", "metric": "NPS", "rating": 9}"""
                                        .formatted(name, sourceId));
        facts.feedback.add(json(rating).path("id").asText());
        see(rating);
    }

    /** From now on every answer has at least seen what this one has. */
    private void see(HttpResponse<String> answer) {
        for (String token : version(answer).split(",")) {
            int end = token.lastIndexOf('/');
            seen.merge(token.substring(0, end), Long.valueOf(token.substring(end + 1)), Math::max);
        }
    }

    /** All four services tell these facts of whom {@code named} means. */
    private void assertTold(String named, String answering, Facts facts) throws Exception {
        String name = named.length() == 36 ? named : "merge:" + named;
        assertThat(ids(ServiceName.INTERACTION, "/interactions?limit=100&customer=" + name))
                .containsExactlyInAnyOrderElementsOf(facts.interactions);
        assertThat(ids(ServiceName.FEEDBACK, "/feedback?limit=100&customer=" + name))
                .containsExactlyInAnyOrderElementsOf(facts.feedback);
        JsonNode account = read(ServiceName.LOYALTY, "/loyalty/accounts/" + name);
        assertThat(account.path("balance").asLong()).isEqualTo(facts.points);
        assertThat(account.path("customer").asText()).isEqualTo(answering);
        JsonNode context = read(ServiceName.CUSTOMER, "/customers/" + name + "/context");
        assertThat(context.path("customer").asText()).isEqualTo(answering);
        assertThat(context.at("/interactions/count").asInt()).isEqualTo(facts.interactions.size());
        assertThat(context.at("/loyalty/balance").asLong()).isEqualTo(facts.points);
        assertThat(context.at("/feedback/count").asInt()).isEqualTo(facts.feedback.size());
    }

    private List<String> ids(ServiceName service, String path) throws Exception {
        List<String> ids = new ArrayList<>();
        read(service, path).path("items").forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    /** Each read passes on what it has seen to the next, in whichever service that is. */
    private JsonNode read(ServiceName service, String path)
            throws IOException, InterruptedException {
        String atLeast =
                seen.entrySet().stream()
                        .map(entry -> entry.getKey() + "/" + entry.getValue())
                        .collect(Collectors.joining(","));
        HttpResponse<String> answer =
                SHARED.calls().send(service, "GET", path, atLeast.isEmpty() ? null : atLeast, null);
        see(answer);
        return json(answer);
    }

    private JsonNode profile(String name) throws Exception {
        ObjectNode profile = (ObjectNode) read(ServiceName.CUSTOMER, "/customers/merge:" + name);
        profile.remove("updatedAt");
        return profile;
    }
}
