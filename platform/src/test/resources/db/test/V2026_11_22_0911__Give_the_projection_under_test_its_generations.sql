INSERT INTO projection (name) VALUES ('total');

ALTER TABLE test_total RENAME TO test_total_by_generation;
ALTER TABLE test_total_by_generation ADD COLUMN generation integer NOT NULL;
ALTER TABLE test_total_by_generation DROP CONSTRAINT test_total_pkey;
ALTER TABLE test_total_by_generation
    ADD CONSTRAINT test_total_by_generation_pkey PRIMARY KEY (generation, customer_id);
CREATE VIEW test_total AS
    SELECT customer_id, events, total, seen FROM test_total_by_generation
    WHERE generation = (SELECT live FROM projection WHERE name = 'total');

CREATE TABLE test_seen (
    customer_id uuid PRIMARY KEY,
    sequences   text NOT NULL
);
