-- Why a customer must not be erased for now. Who places one holds the customer's row, and so does who erases.
CREATE TABLE legal_hold (
    customer_id    uuid        NOT NULL,
    id             uuid        NOT NULL,
    reason         text        NOT NULL,
    placed_by      text        NOT NULL,
    placed_at      timestamptz NOT NULL,
    released_by    text,
    released_at    timestamptz,
    release_reason text,
    CONSTRAINT legal_hold_pkey PRIMARY KEY (customer_id, id),
    CONSTRAINT legal_hold_has_a_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT legal_hold_reason_fits CHECK (char_length(reason) BETWEEN 1 AND 500),
    CONSTRAINT legal_hold_release_reason_fits CHECK (char_length(release_reason) BETWEEN 1 AND 500),
    CONSTRAINT legal_hold_is_released_by_somebody
        CHECK (num_nulls(released_by, released_at, release_reason) IN (0, 3))
);
CREATE INDEX legal_hold_in_force ON legal_hold (customer_id) WHERE released_at IS NULL;
