-- Until when a mark is left alone, because it could not be decided about its customer: others must not wait for it.
ALTER TABLE segment_mark ADD COLUMN not_before timestamptz;
