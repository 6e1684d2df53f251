package io.rapport.platform.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import io.rapport.platform.Refusal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as a consumer sees it: CloudEvents attributes and a payload that is read into the
 * consumer's own narrow record, which ignores what it does not know. {@code sequence} is the
 * customer's sequence on a log and the version on a compacted topic, whose tombstones have no
 * payload.
 */
public record ReceivedEvent(
        Topic topic,
        UUID id,
        String type,
        UUID customer,
        Instant time,
        long sequence,
        Cause cause,
        @Nullable String payload) {

    /**
     * The payload as the consumer's own record; a payload that does not fit is refused, and so
     * parked.
     */
    public <T> T data(Class<T> narrowRecord) {
        if (payload == null) {
            throw Refusal.invalid("event-without-payload", type + " " + id + " has no payload");
        }
        ObjectReader reader = EventJson.reader(narrowRecord);
        try {
            return reader.readValue(payload);
        } catch (JsonProcessingException e) {
            // The message of the parser quotes the payload; a parked event's cause must not.
            throw Refusal.invalid(
                    "event-unreadable",
                    type + " " + id + " is not readable as " + narrowRecord.getSimpleName());
        }
    }

    public boolean tombstone() {
        return payload == null;
    }
}
