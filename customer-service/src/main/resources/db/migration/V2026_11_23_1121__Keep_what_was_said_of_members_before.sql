-- What somebody said of a customer and a segment until it was said otherwise, taken back or over. Without a reference to
-- the segment: it outlives it. It holds free text, so the rows of an erased customer are deleted.
CREATE TABLE segment_override_past (
    customer_id uuid        NOT NULL,
    segment     text        NOT NULL,
    decision    text        NOT NULL,
    author      text        NOT NULL,
    reason      text        NOT NULL,
    made_at     timestamptz NOT NULL,
    expires_at  timestamptz,
    ended_at    timestamptz NOT NULL,
    ended_by    text, -- nobody: it expired
    CONSTRAINT segment_override_past_pkey PRIMARY KEY (customer_id, segment, made_at),
    CONSTRAINT segment_override_past_is_of_a_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
);
