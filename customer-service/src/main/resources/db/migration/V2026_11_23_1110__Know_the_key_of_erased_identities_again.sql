-- By which key erased identities are kept: one row, a hash of what everybody knows, so that a service with another key
-- notices before it takes anybody in. The primary key lets one of those that start at once write it.
CREATE TABLE erased_identity_key (
    sole       boolean DEFAULT true CONSTRAINT erased_identity_key_is_one PRIMARY KEY,
    check_hmac text    NOT NULL,
    CONSTRAINT erased_identity_key_is_the_only_one CHECK (sole),
    CONSTRAINT erased_identity_key_holds_a_hash CHECK (check_hmac ~ '^[0-9a-f]{64}$')
);
REVOKE UPDATE, DELETE ON erased_identity_key FROM ${application};
