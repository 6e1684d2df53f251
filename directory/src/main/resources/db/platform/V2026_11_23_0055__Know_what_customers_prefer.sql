-- So that whoever serves a customer is told what it prefers: the list of the newest snapshot, as JSON. It goes with the names
-- when an erasure begins. Who was folded before has none until the next snapshot or replay.
ALTER TABLE directory_customer_by_generation ADD COLUMN preferences text;
CREATE OR REPLACE VIEW directory_customer AS
    SELECT customer_id, status, survivor_id, birthday, preferences FROM directory_customer_by_generation
    WHERE generation = (SELECT live FROM projection WHERE name = 'directory');
