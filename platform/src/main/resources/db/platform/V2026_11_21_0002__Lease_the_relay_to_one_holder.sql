-- One row: who relays, until when by the database's clock. Taking over raises the epoch.
CREATE TABLE relay_lease (
    only_row boolean     PRIMARY KEY DEFAULT true,
    holder   uuid,
    epoch    bigint      NOT NULL DEFAULT 0,
    until    timestamptz NOT NULL DEFAULT '-infinity',
    CONSTRAINT relay_lease_has_one_row CHECK (only_row)
);
INSERT INTO relay_lease DEFAULT VALUES;

-- How far this database knows its own log to be written; what lies beyond is checked at each take-over.
CREATE TABLE relay_offset (
    topic       text,
    partition   integer,
    next_offset bigint NOT NULL,
    PRIMARY KEY (topic, partition),
    CONSTRAINT relay_offset_is_not_negative CHECK (next_offset >= 0)
);
