package io.rapport.platform.testing;

import io.rapport.platform.CustomerReference;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as the service that owns the topic would: CloudEvents 1.0 in Kafka binary content
 * mode. A draft is well formed from the start; a test changes what it is about, and may break it.
 * Close it after use.
 */
public final class Events implements AutoCloseable {

    /** The erasure of the sample that {@link #sendErasure} sends. */
    public static final String ERASURE = "019aa5d3-1c40-7b2a-8e61-5d0f7a9c3b42";

    private final Topics topics = Topics.ofSuite();

    private Events() {}

    public static Events ofSuite() {
        return new Events();
    }

    /**
     * Sends the event number {@code sequence} of a customer (on a compacted topic: version) and
     * answers its id.
     */
    public UUID send(Topic topic, UUID customer, long sequence, String type, String json) {
        return draft(topic, customer, sequence, type).data(json).send();
    }

    /** Sends the {@linkplain Samples sample} of this type. */
    public UUID sendSample(Topic topic, UUID customer, long sequence, String type) {
        return send(topic, customer, sequence, type, Samples.of(type));
    }

    /** Sends that nothing is held about a customer any more. */
    public UUID sendTombstone(Topic topic, UUID customer, long version) {
        return draft(topic, customer, version, snapshotType(topic)).data(null).send();
    }

    /** Asks for a customer's erasure, always the same one, as customer-service does. */
    public UUID sendErasure(UUID customer, long sequence) {
        return sendSample(Topic.CUSTOMERS, customer, sequence, "customer.erasure-requested.v1");
    }

    /** Tells that a customer was merged into another. */
    public UUID sendMerge(UUID customer, long sequence, UUID survivor) {
        return send(
                Topic.CUSTOMERS,
                customer,
                sequence,
                "customer.merged.v1",
                "{\"survivor\": \"%s\", \"merge\": \"%s\"}".formatted(survivor, Ids.next()));
    }

    /** Tells of a profile that this login, proven by {@link Tokens}, is its one identity. */
    public UUID sendLogin(UUID customer, long version, String subject) {
        return send(
                Topic.PROFILES,
                customer,
                version,
                snapshotType(Topic.PROFILES),
                """
                {"status": "ACTIVE", "kind": "PERSON", "identities": [{"source": "login", "externalId": "%s"}]}"""
                        .formatted(CustomerReference.login(Tokens.ISSUER, subject).externalId()));
    }

    /** The type that records of a compacted topic carry. */
    public static String snapshotType(Topic topic) {
        return topic.name().toLowerCase(Locale.ROOT) + "-snapshot.v1";
    }

    public Draft draft(Topic topic, UUID customer, long sequence, String type) {
        return new Draft(topics, topic, customer, sequence, type);
    }

    @Override
    public void close() {
        topics.close();
    }

    /** An event before it is sent. Sending it twice is a duplicate: the id stays. */
    public static final class Draft {

        private final Topics topics;
        private final Topic topic;
        private final UUID id = Ids.next();
        private final SequencedMap<String, String> headers = new LinkedHashMap<>();
        private @Nullable String key;
        private @Nullable String data = "{}";

        private Draft(Topics topics, Topic topic, UUID customer, long sequence, String type) {
            this.topics = topics;
            this.topic = topic;
            this.key = customer.toString();
            header("ce_specversion", "1.0");
            header("ce_id", id.toString());
            header("ce_source", topic.source());
            header("ce_type", type);
            header("ce_subject", customer.toString());
            header("ce_time", Clock.systemUTC().instant().toString());
            header(topic.compacted() ? "ce_version" : "ce_customersequence", sequence + "");
            header("ce_correlationid", id.toString());
            header("ce_hops", "0");
            header("traceparent", traceparent(id));
            header("content-type", "application/json");
        }

        /** When it happened. */
        public Draft time(Instant time) {
            return header("ce_time", time.toString());
        }

        /** What it is a reaction to. */
        public Draft causedBy(UUID event, int hops) {
            return header("ce_causationid", event.toString()).header("ce_hops", hops + "");
        }

        /** Null makes a tombstone; any text is sent as it is. */
        public Draft data(@Nullable String json) {
            this.data = json;
            return this;
        }

        public Draft key(@Nullable String key) {
            this.key = key;
            return this;
        }

        public Draft header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        public Draft without(String header) {
            headers.remove(header);
            return this;
        }

        /** Answers the event's id once the broker has it. */
        public UUID send() {
            topics.produce(topics.name(topic), key, Map.copyOf(headers), data);
            return id;
        }

        private static String traceparent(UUID id) {
            HexFormat hex = HexFormat.of();
            return "00-%s%s-%s-01"
                    .formatted(
                            hex.toHexDigits(id.getMostSignificantBits()),
                            hex.toHexDigits(id.getLeastSignificantBits()),
                            hex.toHexDigits(id.getLeastSignificantBits()));
        }
    }
}
