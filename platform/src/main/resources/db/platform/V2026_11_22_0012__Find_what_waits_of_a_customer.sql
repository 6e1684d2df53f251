-- One index instead of two: erasure finds a customer's snapshots (sequence IS NULL), and the check of the log finds the
-- first of a customer's numbered events that still waits.
CREATE INDEX outbox_by_customer ON outbox (customer_id, sequence);
DROP INDEX outbox_snapshots;
