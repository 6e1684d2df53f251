-- Which generation of each projection is read, and which one a replay folds beside it. A number is never given twice, so
-- that whoever still folds into a generation that was dropped cannot meet its successor.
CREATE TABLE projection (
    name          text    PRIMARY KEY,
    live          integer NOT NULL DEFAULT 1,
    beside        integer,
    newest        integer NOT NULL DEFAULT 1,
    dropped       integer[] NOT NULL DEFAULT '{}', -- whose rows are still to be removed
    -- By this name positions and progress are kept; the first generation has the name of the projection.
    live_consumer text    NOT NULL
        GENERATED ALWAYS AS (CASE WHEN live = 1 THEN name ELSE name || '-' || CAST(live AS text) END) STORED,
    CONSTRAINT projection_folds_beside_another_than_the_live_one CHECK (beside <> live),
    CONSTRAINT projection_generations_are_counted CHECK (live BETWEEN 1 AND newest AND beside BETWEEN 1 AND newest)
);
INSERT INTO projection (name) VALUES ('directory');

-- The rows of all generations, written by the fold; what is read is the live one, under the names of before.
ALTER TABLE directory_customer RENAME TO directory_customer_by_generation;
ALTER TABLE directory_customer_by_generation ADD COLUMN generation integer NOT NULL DEFAULT 1;
ALTER TABLE directory_customer_by_generation ALTER COLUMN generation DROP DEFAULT;
ALTER TABLE directory_customer_by_generation DROP CONSTRAINT directory_customer_pkey;
ALTER TABLE directory_customer_by_generation
    ADD CONSTRAINT directory_customer_by_generation_pkey PRIMARY KEY (generation, customer_id);
CREATE VIEW directory_customer AS
    SELECT customer_id, status, survivor_id FROM directory_customer_by_generation
    WHERE generation = (SELECT live FROM projection WHERE name = 'directory');

ALTER TABLE directory_identity RENAME TO directory_identity_by_generation;
ALTER TABLE directory_identity_by_generation ADD COLUMN generation integer NOT NULL DEFAULT 1;
ALTER TABLE directory_identity_by_generation ALTER COLUMN generation DROP DEFAULT;
ALTER TABLE directory_identity_by_generation DROP CONSTRAINT directory_identity_pkey;
ALTER TABLE directory_identity_by_generation
    ADD CONSTRAINT directory_identity_by_generation_pkey PRIMARY KEY (generation, source, external_id, customer_id);
DROP INDEX directory_identity_by_customer;
CREATE INDEX directory_identity_by_generation_and_customer ON directory_identity_by_generation (generation, customer_id);
CREATE VIEW directory_identity AS
    SELECT source, external_id, customer_id, since FROM directory_identity_by_generation
    WHERE generation = (SELECT live FROM projection WHERE name = 'directory');
