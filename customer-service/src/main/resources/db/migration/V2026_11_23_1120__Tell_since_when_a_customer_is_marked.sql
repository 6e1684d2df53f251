-- Marks are taken in the order in which they were left: the first tells for how long customers have waited.
ALTER TABLE segment_mark ADD COLUMN marked_at timestamptz NOT NULL DEFAULT now();
