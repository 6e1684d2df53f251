-- So that what is told of a time before a customer's birth is noticed. It goes with the names when an erasure begins. Who
-- was folded before has none until the next snapshot or replay.
ALTER TABLE directory_customer_by_generation ADD COLUMN birthday date;
CREATE OR REPLACE VIEW directory_customer AS
    SELECT customer_id, status, survivor_id, birthday FROM directory_customer_by_generation
    WHERE generation = (SELECT live FROM projection WHERE name = 'directory');
