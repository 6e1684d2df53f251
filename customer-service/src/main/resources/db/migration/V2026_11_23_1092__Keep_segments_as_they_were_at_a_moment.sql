-- The members of a segment at one moment, kept for a time. Without a reference to segment: a snapshot outlives it.
CREATE TABLE segment_snapshot (
    id         uuid        CONSTRAINT segment_snapshot_pkey PRIMARY KEY,
    segment    text        NOT NULL,
    version    bigint      NOT NULL,
    members    bigint      NOT NULL,
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX segment_snapshot_by_segment ON segment_snapshot (segment, id);

-- Without a reference to its snapshot, which is written after them; a timer deletes them before it.
CREATE TABLE segment_snapshot_member (
    customer_id uuid NOT NULL,
    snapshot_id uuid NOT NULL,
    CONSTRAINT segment_snapshot_member_pkey PRIMARY KEY (customer_id, snapshot_id)
);
CREATE INDEX segment_snapshot_member_by_snapshot ON segment_snapshot_member (snapshot_id, customer_id);
