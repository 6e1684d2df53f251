package io.rapport.interaction.type;

import io.rapport.interaction.FactKind;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;

/**
 * Under what facts are told, of which kind they are, and how long they hold unless told otherwise.
 */
public record FactKey(
        String code, String topic, FactKind kind, Period validity, boolean active, boolean used)
        implements Definable {

    @Override
    public VocabularyList list() {
        return VocabularyList.FACT_KEYS;
    }

    /** Until when a fact that was told then is known, by the calendar in UTC. */
    public Instant validUntil(Instant toldAt) {
        return toldAt.atOffset(ZoneOffset.UTC).plus(validity).toInstant();
    }
}
