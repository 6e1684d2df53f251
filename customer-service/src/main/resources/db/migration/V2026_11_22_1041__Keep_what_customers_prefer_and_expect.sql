-- What customers prefer and expect. What was learnt in each way has a row of its own, so that what was stated is not
-- overwritten by what was observed or inferred, whoever writes at the same time.
CREATE TABLE customer_preference (
    customer_id uuid          NOT NULL,
    key         text          NOT NULL,
    learnt      text          NOT NULL,
    kind        text          NOT NULL,
    value       jsonb         NOT NULL,
    source      text          NOT NULL,
    at          timestamptz   NOT NULL,
    confidence  numeric(4, 3) NOT NULL,
    CONSTRAINT customer_preference_pkey PRIMARY KEY (customer_id, key, learnt),
    CONSTRAINT customer_preference_has_a_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
        DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT customer_preference_key_is_a_slug CHECK (key ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(key) <= 64),
    CONSTRAINT customer_preference_was_learnt_in_a_known_way CHECK (learnt IN ('STATED', 'OBSERVED', 'INFERRED')),
    CONSTRAINT customer_preference_kind_is_known CHECK (kind IN ('PREFERENCE', 'EXPECTATION')),
    CONSTRAINT customer_preference_value_fits CHECK (octet_length(CAST(value AS text)) <= 2100),
    CONSTRAINT customer_preference_source_is_a_name CHECK (source ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    CONSTRAINT customer_preference_confidence_is_a_share CHECK (confidence BETWEEN 0 AND 1)
);
