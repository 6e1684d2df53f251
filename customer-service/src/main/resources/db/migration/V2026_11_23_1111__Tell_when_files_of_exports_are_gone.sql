-- By when the last file of an export that an erasure cancelled, or that was cancelled before it, is deleted at the latest.
ALTER TABLE erasure ADD COLUMN exports_clean_by timestamptz;
