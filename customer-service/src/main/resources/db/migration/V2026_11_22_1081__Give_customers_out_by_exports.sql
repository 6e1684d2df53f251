-- Exports, and after which customer each goes on: whoever works on one holds its row. Nothing of it outlives the export
-- for long: a timer deletes the row, and all that hangs on it.
CREATE TABLE customer_export (
    id            uuid        CONSTRAINT customer_export_pkey PRIMARY KEY,
    format        text        NOT NULL,
    source        text,
    state         text        NOT NULL,
    created_by    text        NOT NULL,
    created_at    timestamptz NOT NULL,
    ended_at      timestamptz,
    expires_at    timestamptz NOT NULL,
    last_customer uuid,
    customers     bigint      NOT NULL DEFAULT 0,
    bytes         bigint      NOT NULL DEFAULT 0,
    parts         integer     NOT NULL DEFAULT 0,
    CONSTRAINT customer_export_format_is_known CHECK (format IN ('CSV', 'NDJSON')),
    CONSTRAINT customer_export_state_is_known CHECK (state IN ('RUNNING', 'COMPLETED', 'CANCELLED')),
    CONSTRAINT customer_export_ends_once CHECK ((state = 'RUNNING') = (ended_at IS NULL))
);

CREATE TABLE customer_export_part (
    export_id uuid    NOT NULL,
    number    integer NOT NULL,
    content   bytea   NOT NULL,
    CONSTRAINT customer_export_part_pkey PRIMARY KEY (export_id, number),
    CONSTRAINT customer_export_part_has_an_export FOREIGN KEY (export_id) REFERENCES customer_export (id)
        ON DELETE CASCADE
);
