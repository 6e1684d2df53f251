package io.rapport.faults.audit;

import io.rapport.faults.topic.Logged;
import java.util.HashMap;
import java.util.Map;

/** Records as they could lie in the topics, and what is planted in them. */
final class MadeUp {
    static final String ADA = "019aa5c0-0000-7000-8000-00000000000a";
    static final String INTERACTIONS = "rapport.interactions.v1";
    static final String LOYALTY = "rapport.loyalty.v1";
    static final String FEEDBACK = "rapport.feedback.v1";
    static final String PROFILES = "rapport.profiles.v1";

    private MadeUp() {}

    static Logged event(
            String topic, long offset, String id, String type, long sequence, String payload) {
        Map<String, String> headers = new HashMap<>();
        headers.put("ce_id", id);
        headers.put("ce_type", type);
        headers.put("ce_subject", ADA);
        headers.put("ce_time", "2026-01-01T10:00:0" + sequence + "Z");
        headers.put("ce_customersequence", Long.toString(sequence));
        headers.put("ce_version", Long.toString(sequence));
        return new Logged(new Logged.Place(topic, 0, offset), ADA, Map.copyOf(headers), payload);
    }

    /** An interaction {@code i<n>} of the customer, told by event {@code e<n>}. */
    static Logged interaction(long number, String type, String amount) {
        return event(
                INTERACTIONS,
                number,
                "e" + number,
                "interaction.recorded.v1",
                number,
                """
                {"interaction": "i%d", "type": "%s", "channel": "WEB", "direction": "INBOUND",
                 "amount": {"amount": "%s", "currency": "GBP"}}"""
                        .formatted(number, type, amount));
    }

    /** The version of interaction {@code i1} that is told by event {@code k<version>}. */
    static Logged correction(long version) {
        return event(
                INTERACTIONS,
                version,
                "k" + version,
                "interaction.corrected.v1",
                version,
                "{\"interaction\": \"i1\", \"version\": %d}".formatted(version));
    }

    /** What we promised as {@code p1}, or what became of it, told by event {@code p<sequence>}. */
    static Logged promise(long sequence, String what) {
        return event(
                INTERACTIONS,
                sequence,
                "p" + sequence,
                "interaction.promise-" + what + ".v1",
                sequence,
                "{\"promise\": \"p1\"}");
    }

    /** Something that we said to the customer by e-mail, told by event {@code e<n>}. */
    static Logged message(long number) {
        return event(
                INTERACTIONS,
                number,
                "e" + number,
                "interaction.recorded.v1",
                number,
                """
                {"interaction": "i%d", "type": "MESSAGE", "channel": "EMAIL", "direction": "OUTBOUND"}"""
                        .formatted(number));
    }

    static Logged rating(long number, int rating) {
        return event(
                FEEDBACK,
                number,
                "f" + number,
                "feedback.received.v1",
                number,
                "{\"feedback\": \"r%d\", \"metric\": \"NPS\", \"rating\": %d}"
                        .formatted(number, rating));
    }

    static Logged points(long number, long balance, String tier) {
        return event(
                LOYALTY,
                number,
                "l" + number,
                "loyalty.points-earned.v1",
                number,
                """
                {"entry": "n%d", "balance": %d, "tier": "%s", "programme": "default"}"""
                        .formatted(number, balance, tier));
    }
}
