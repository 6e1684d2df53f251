package io.rapport.bench.intake;

import io.rapport.bench.recording.Purchase;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Interactions as they are sent many at once. */
final class Told {
    private static final String[] WORDS =
            ("order parcel lantern broken late invoice refund colour size wrong missing thanks again please when where"
                            + " delivery address label return credit garden candle heart bottle holder")
                    .split(" ");
    private static final int MANY_WORDS = 25;

    private Told() {}

    /** A purchase without words, as a shop tells it. */
    static String purchase(String customer, String sourceId) {
        return Purchase.by(customer, sourceId).json();
    }

    /** A message of some 150 characters with a subject, so that there is something to be found. */
    static String message(String source, String customer, String sourceId) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        StringBuilder text = new StringBuilder(200);
        for (int i = 0; i < MANY_WORDS; i++) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        text.append(random.nextInt(100_000));
        return """
        {"customer":"%s","source":"%s","sourceId":"%s","type":"MESSAGE","channel":"EMAIL","direction":"INBOUND",\
        "occurredAt":"%s","subject":"About order %d","text":"%s"}\
        """
                .formatted(
                        customer, source, sourceId, Instant.now(), random.nextInt(1_000_000), text);
    }
}
