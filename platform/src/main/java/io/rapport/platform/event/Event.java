package io.rapport.platform.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;

/**
 * A fact about one customer, as a record annotated with {@link EventType}. Its other components are
 * the payload: ids of ours, enums, figures and times; never an external id, contact data, free text
 * or a code, for the log is kept for good.
 */
public interface Event {

    /**
     * The CloudEvents subject and the key of the record: one customer's events keep their order.
     */
    @JsonIgnore
    UUID customer();

    /** When it happened, which may be long before it is published. */
    @JsonIgnore
    Instant time();

    /** Whether it tells of an erasure, and so may be published of a customer who was erased. */
    @JsonIgnore
    default boolean ofErased() {
        return false;
    }
}
