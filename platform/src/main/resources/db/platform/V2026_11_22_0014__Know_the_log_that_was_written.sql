-- The broker's id of the log that this database was relayed to: a topic made anew under the old name has another.
ALTER TABLE relay_lease ADD COLUMN log_id uuid;
