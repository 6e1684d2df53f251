-- Written by those who hold the customer's row. Without a reference to segment, which would lock its row for each member:
-- a segment is deleted only when it is retired and all have been decided since, so that nobody enters any more.
CREATE TABLE segment_member (
    customer_id uuid        NOT NULL,
    segment     text        NOT NULL,
    since       timestamptz NOT NULL,
    version     bigint      NOT NULL,
    reason      text        NOT NULL,
    fields      text[]      NOT NULL,
    CONSTRAINT segment_member_pkey PRIMARY KEY (customer_id, segment),
    CONSTRAINT segment_member_reason_is_known
        CHECK (reason IN ('PROFILE', 'CONTEXT', 'TIME', 'DEFINITION', 'OVERRIDE', 'MERGE'))
);
-- Members of a segment in the order of their ids.
CREATE INDEX segment_member_by_segment ON segment_member (segment, customer_id);

-- Customers whose context was folded further, until it is decided about them. Rows only come and go, so that a fold never
-- waits for whoever takes them.
CREATE TABLE segment_mark (
    id          bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT segment_mark_pkey PRIMARY KEY,
    customer_id uuid NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
CREATE INDEX segment_mark_by_customer ON segment_mark (customer_id);

-- That somebody said of a customer that it is in a segment, or not, whatever the conditions say.
CREATE TABLE segment_override (
    customer_id uuid        NOT NULL,
    segment     text        NOT NULL,
    decision    text        NOT NULL,
    author      text        NOT NULL,
    reason      text        NOT NULL,
    made_at     timestamptz NOT NULL,
    expires_at  timestamptz,
    CONSTRAINT segment_override_pkey PRIMARY KEY (customer_id, segment),
    CONSTRAINT segment_override_is_of_a_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT segment_override_is_of_a_segment FOREIGN KEY (segment) REFERENCES segment (key) ON DELETE CASCADE,
    CONSTRAINT segment_override_decision_is_known CHECK (decision IN ('IN', 'OUT')),
    CONSTRAINT segment_override_reason_fits CHECK (char_length(reason) BETWEEN 1 AND 500),
    CONSTRAINT segment_override_ends_after_it_begins CHECK (expires_at > made_at)
);
CREATE INDEX segment_override_by_segment ON segment_override (segment, customer_id);
