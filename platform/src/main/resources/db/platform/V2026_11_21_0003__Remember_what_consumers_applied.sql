-- Moved by compare-and-set as the first statement of each transaction that applies records.
CREATE TABLE consumer_position (
    consumer    text,
    topic       text,
    partition   integer,
    topic_id    uuid        NOT NULL,
    next_offset bigint      NOT NULL,
    caught_up   timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (consumer, topic, partition),
    CONSTRAINT consumer_position_is_not_negative CHECK (next_offset >= 0)
) WITH (fillfactor = 50);

-- The last sequence (log) or version (compacted topic) applied for each customer; how many events wait aside for a gap
-- to close; whether a parked event holds back what follows it.
CREATE TABLE consumer_progress (
    consumer    text,
    topic       text,
    customer_id uuid,
    applied     bigint  NOT NULL DEFAULT 0,
    early       integer NOT NULL DEFAULT 0,
    parked      integer NOT NULL DEFAULT 0,
    PRIMARY KEY (customer_id, topic, consumer),
    CONSTRAINT consumer_progress_is_not_negative CHECK (applied >= 0 AND early >= 0 AND parked >= 0)
) WITH (fillfactor = 80);

-- Events that came before their predecessor, applied by themselves when the gap closes.
CREATE TABLE early_event (
    consumer    text,
    topic       text,
    customer_id uuid,
    sequence    bigint,
    record      bytea       NOT NULL,
    arrived_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (customer_id, topic, consumer, sequence)
);
CREATE INDEX early_event_by_arrival ON early_event (arrived_at);

-- Events that can never be applied as they are, and those of the same customer that came after.
CREATE TABLE parked_event (
    id          uuid        PRIMARY KEY,
    consumer    text        NOT NULL,
    topic       text        NOT NULL,
    partition   integer     NOT NULL,
    "offset"    bigint      NOT NULL,
    customer_id uuid,
    cause       text        NOT NULL,
    detail      text        NOT NULL,
    record      bytea,
    parked_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT parked_event_is_parked_once UNIQUE (consumer, topic, partition, "offset")
);
CREATE INDEX parked_event_by_customer ON parked_event (customer_id, consumer, topic);
