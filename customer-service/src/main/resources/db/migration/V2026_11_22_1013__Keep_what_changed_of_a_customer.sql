-- What each version of a customer changed, value by value: old and new, who, why, and in which request. The first
-- version is one row with the empty path and all of the customer. Rows hold personal data, so erasure may delete them;
-- nobody may change them.
CREATE TABLE customer_change (
    customer_id    uuid        NOT NULL,
    version        bigint      NOT NULL,
    ordinal        integer     NOT NULL,
    path           text        NOT NULL,
    old_value      jsonb,
    new_value      jsonb,
    at             timestamptz NOT NULL,
    actor          text        NOT NULL,
    reason         text,
    correlation_id text,
    PRIMARY KEY (customer_id, version, ordinal),
    CONSTRAINT customer_change_is_one CHECK (old_value IS DISTINCT FROM new_value),
    CONSTRAINT customer_change_reason_fits CHECK (char_length(reason) BETWEEN 1 AND 500)
);
REVOKE UPDATE ON customer_change FROM ${application};
