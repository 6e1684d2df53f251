-- The last number given to each customer by this service's log: 1, 2, 3, … without a gap.
CREATE TABLE customer_sequence (
    customer_id uuid PRIMARY KEY,
    last        bigint NOT NULL,
    CONSTRAINT customer_sequence_begins_at_one CHECK (last >= 1)
) WITH (fillfactor = 80);

-- Events that wait for the relay. A row goes when the broker has committed it.
CREATE TABLE outbox (
    position       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id             uuid        NOT NULL,
    topic          text        NOT NULL,
    customer_id    uuid        NOT NULL,
    type           text        NOT NULL,
    time           timestamptz NOT NULL,
    sequence       bigint,
    version        bigint,
    correlation_id text        NOT NULL,
    causation_id   uuid,
    hops           smallint    NOT NULL,
    traceparent    text,
    payload        text,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT outbox_is_numbered_or_versioned CHECK ((sequence IS NULL) <> (version IS NULL)),
    CONSTRAINT outbox_event_has_a_payload CHECK (sequence IS NULL OR payload IS NOT NULL),
    CONSTRAINT outbox_payload_is_bounded CHECK (octet_length(payload) <= 262144),
    CONSTRAINT outbox_hops_are_bounded CHECK (hops BETWEEN 0 AND 8)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

-- Erasure removes a customer's snapshots, never its numbered events.
CREATE INDEX outbox_snapshots ON outbox (customer_id) WHERE version IS NOT NULL;
