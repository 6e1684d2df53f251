-- A login lies among the identities by the hash of issuer and subject, so that neither leaves this service.
ALTER TABLE customer_identity ADD CONSTRAINT customer_identity_login_is_a_hash
    CHECK (source <> 'login' OR external_id ~ '^[0-9a-f]{64}$');

-- The newest code of each customer, by its hash. Who has used it is kept, so that its holder may repeat the request.
CREATE TABLE login_code (
    customer_id uuid        PRIMARY KEY,
    code_sha256 bytea       NOT NULL,
    expires_at  timestamptz NOT NULL,
    used_by     text,
    CONSTRAINT login_code_has_a_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT login_code_is_of_one_customer UNIQUE (code_sha256),
    CONSTRAINT login_code_sha256_has_32_bytes CHECK (octet_length(code_sha256) = 32),
    CONSTRAINT login_code_is_used_by_a_login CHECK (used_by ~ '^[0-9a-f]{64}$')
);
