-- What was answered under an idempotency key, in the transaction of the effect. The scope is the SHA-256 of caller,
-- operation and key, so the table holds neither. Rows go after 24 hours, and with the customers that they speak of.
CREATE TABLE idempotency_key (
    scope_sha256   bytea       PRIMARY KEY,
    request_sha256 bytea       NOT NULL,
    status         smallint    NOT NULL,
    headers        text        NOT NULL,
    body           text,
    customer_ids   uuid[]      NOT NULL,
    answered_at    timestamptz NOT NULL,
    CONSTRAINT idempotency_key_holds_hashes
        CHECK (octet_length(scope_sha256) = 32 AND octet_length(request_sha256) = 32),
    CONSTRAINT idempotency_key_keeps_no_refusal CHECK (status BETWEEN 200 AND 399)
);
CREATE INDEX idempotency_key_by_age ON idempotency_key (answered_at);
