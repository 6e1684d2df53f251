-- An erasure begins with the mark and ends with an event, perhaps much later: until then a customer of whom this service
-- has told nothing has no number yet.
ALTER TABLE customer_sequence
    DROP CONSTRAINT customer_sequence_begins_at_one,
    ADD CONSTRAINT customer_sequence_begins_at_one_unless_erased CHECK (last >= 1 OR (erased AND last = 0));
