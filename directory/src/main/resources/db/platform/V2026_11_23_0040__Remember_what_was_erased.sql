-- Which erasures this service has carried out, for whom, so that each is once.
CREATE TABLE customer_erasure (
    erasure_id  uuid        NOT NULL,
    customer_id uuid        NOT NULL,
    erased_at   timestamptz NOT NULL,
    CONSTRAINT customer_erasure_is_carried_out_once PRIMARY KEY (erasure_id, customer_id)
);
REVOKE UPDATE, DELETE ON customer_erasure FROM ${application};
