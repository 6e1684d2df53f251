package io.rapport.faults.fault;

import io.rapport.faults.topic.StrangeWriter.Draft;
import io.rapport.faults.topic.SuiteTopic;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records for one partition of one topic, as a service could have written them, or nearly. */
record Drafts(SuiteTopic topic, int partition) {
    private static final String TIME = "2026-01-01T10:00:00.250Z";

    /** A customer whom no service knows. */
    static String nobody() {
        return UUID.randomUUID().toString();
    }

    /** The type that matters most on this topic. */
    String type() {
        return switch (topic) {
            case CUSTOMERS -> "customer.changed.v1";
            case INTERACTIONS -> "interaction.recorded.v1";
            case LOYALTY -> "loyalty.points-earned.v1";
            case FEEDBACK -> "feedback.received.v1";
            case PROFILES -> "profiles-snapshot.v1";
        };
    }

    /** A payload of that type that everybody can read. */
    String payload() {
        return switch (topic) {
            case INTERACTIONS ->
                    """
                    {"interaction": "%s", "type": "PURCHASE", "channel": "WEB", "direction": "INBOUND",
                     "amount": {"amount": "12.50", "currency": "GBP"}, "occurredAt": "%s", "recordedAt": "%s"}"""
                            .formatted(UUID.randomUUID(), TIME, TIME);
            case FEEDBACK ->
                    "{\"feedback\": \"%s\", \"metric\": \"NPS\", \"rating\": 7}"
                            .formatted(UUID.randomUUID());
            case LOYALTY ->
                    """
                    {"entry": "%s", "points": 12, "balance": 12, "interaction": "%s", "programme": "default",
                     "tier": "BASE"}"""
                            .formatted(UUID.randomUUID(), UUID.randomUUID());
            case CUSTOMERS, PROFILES -> "{}";
        };
    }

    /** The header with an event's number in its log, or with the version of a state. */
    String number() {
        return topic.log() ? "ce_customersequence" : "ce_version";
    }

    Draft event(String customer, long number, String type, @Nullable String payload) {
        return new Draft(
                topic.topic(), partition, customer, headers(customer, number, type), payload);
    }

    Draft sound(String customer, long number) {
        return event(customer, number, type(), payload());
    }

    /** With one header changed. */
    Draft with(Draft draft, String header, String value) {
        Map<String, String> headers = new HashMap<>(draft.headers());
        headers.put(header, value);
        return new Draft(draft.topic(), partition, draft.key(), headers, draft.value());
    }

    Draft keyed(Draft draft, @Nullable String key) {
        return new Draft(draft.topic(), partition, key, draft.headers(), draft.value());
    }

    Draft bare(@Nullable String key, String value) {
        return new Draft(topic.topic(), partition, key, Map.of(), value);
    }

    private Map<String, String> headers(String customer, long number, String type) {
        String id = UUID.randomUUID().toString();
        Map<String, String> headers = new HashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id);
        headers.put("ce_source", topic.source());
        headers.put("ce_type", type);
        headers.put("ce_subject", customer);
        headers.put("ce_time", TIME);
        headers.put(number(), Long.toString(number));
        headers.put("ce_correlationid", id);
        headers.put("ce_hops", "0");
        headers.put("content-type", "application/json");
        return headers;
    }
}
