-- Identities of customers who were erased, by a keyed hash, so that they are not taken in again: not by whom, and not of
-- which customer. Lifting one leaves its row, with who said so and why, until the identity is erased again.
CREATE TABLE erased_identity (
    identity_hmac text        CONSTRAINT erased_identity_pkey PRIMARY KEY,
    erased_at     timestamptz NOT NULL,
    lifted_at     timestamptz,
    lifted_by     text,
    lift_reason   text,
    CONSTRAINT erased_identity_holds_a_hash CHECK (identity_hmac ~ '^[0-9a-f]{64}$'),
    CONSTRAINT erased_identity_is_lifted_by_somebody
        CHECK (num_nulls(lifted_at, lifted_by, lift_reason) IN (0, 3)),
    CONSTRAINT erased_identity_lift_reason_fits CHECK (char_length(lift_reason) BETWEEN 1 AND 500)
);
REVOKE DELETE ON erased_identity FROM ${application};
