-- An identity that moves from one customer to another is taken away by one snapshot and given by another, and the two may
-- arrive in any order. With a row for each customer neither touches the other's.
ALTER TABLE directory_identity DROP CONSTRAINT directory_identity_pkey;
ALTER TABLE directory_identity ADD COLUMN since timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE directory_identity ALTER COLUMN since DROP DEFAULT;
ALTER TABLE directory_identity ADD CONSTRAINT directory_identity_pkey PRIMARY KEY (source, external_id, customer_id);
