package io.rapport.bench.recording;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** A purchase of an amount between 1.00 and 99.99 GBP, made just now. */
public record Purchase(String customer, String sourceId, int pence, Instant occurredAt) {
    static final String SOURCE = "bench";
    static final String CURRENCY = "GBP";

    public static Purchase by(String customer, String sourceId) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Purchase(
                customer, sourceId, ThreadLocalRandom.current().nextInt(100, 10_000), now);
    }

    /** The whole units of the amount: what the default programme gives for it. */
    public int points() {
        return pence / 100;
    }

    String amount() {
        return String.format(Locale.ROOT, "%d.%02d", pence / 100, pence % 100);
    }

    /** As the API takes it. */
    public String json() {
        return """
        {"customer":"%s","source":"%s","sourceId":"%s","type":"PURCHASE","channel":"WEB","direction":"INBOUND",\
        "touchpoint":"checkout","amount":{"amount":"%s","currency":"%s"},"occurredAt":"%s"}\
        """
                .formatted(customer, SOURCE, sourceId, amount(), CURRENCY, occurredAt);
    }
}
