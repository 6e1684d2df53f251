CREATE TABLE directory_customer (
    customer_id uuid PRIMARY KEY,
    status      text NOT NULL,
    survivor_id uuid,
    CONSTRAINT directory_customer_status_is_known CHECK (status IN ('ACTIVE', 'MERGED', 'ERASED')),
    CONSTRAINT directory_customer_merged_has_survivor CHECK ((status = 'MERGED') = (survivor_id IS NOT NULL))
);

CREATE TABLE directory_identity (
    source      text,
    external_id text,
    customer_id uuid NOT NULL,
    PRIMARY KEY (source, external_id)
);
CREATE INDEX directory_identity_by_customer ON directory_identity (customer_id);
