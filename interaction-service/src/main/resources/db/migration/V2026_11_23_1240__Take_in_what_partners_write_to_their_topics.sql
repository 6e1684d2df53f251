-- Where each partner's inbound topic is read on: moved by compare-and-set in the transaction that records what lies
-- before. Beside it, how far the topic was ever read: what is read again, because somebody moved the position back, is
-- recorded if it is not, and not rejected a second time. topic_id is the broker's; a topic that is made anew has another.
CREATE TABLE inbound_position (
    partner     text    NOT NULL,
    partition   integer NOT NULL,
    topic_id    uuid    NOT NULL,
    next_offset bigint  NOT NULL,
    reached     bigint  NOT NULL,
    PRIMARY KEY (partner, partition),
    CONSTRAINT inbound_position_is_not_negative CHECK (next_offset >= 0),
    CONSTRAINT inbound_position_has_been_reached CHECK (next_offset <= reached)
) WITH (fillfactor = 50);

-- What was refused, until the reject topic has it: where the message lies and what was wrong with it, never what it said.
CREATE TABLE inbound_rejection (
    partner     text        NOT NULL,
    position    bigint      GENERATED ALWAYS AS IDENTITY,
    -- Made from the place of the message, and so the same however often it is refused.
    id          uuid        NOT NULL,
    partition   integer     NOT NULL,
    "offset"    bigint      NOT NULL,
    payload     text        NOT NULL,
    rejected_at timestamptz NOT NULL,
    PRIMARY KEY (partner, position),
    CONSTRAINT inbound_rejection_is_told_once UNIQUE (id),
    CONSTRAINT inbound_rejection_payload_is_bounded CHECK (octet_length(payload) <= 262144)
);

-- How far this database knows the reject topics. What lies beyond was sent before a failure, and is looked at first.
CREATE TABLE inbound_rejection_told (
    partner     text    NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint  NOT NULL,
    PRIMARY KEY (partner, partition)
);
