-- Once all rows of an import were read, those whom it has written are compared with whoever is born on the same day: how
-- many they are, how many were compared, and up to whom. The state stays RUNNING meanwhile, which is all that the version
-- before knows: it would end such an import, and compare nobody any more.
ALTER TABLE customer_import
    ADD COLUMN to_compare      bigint NOT NULL DEFAULT 0,
    ADD COLUMN compared        bigint NOT NULL DEFAULT 0,
    ADD COLUMN compared_to     uuid,
    ADD COLUMN comparing_since timestamptz,
    ADD CONSTRAINT customer_import_compares_whom_it_wrote CHECK (compared BETWEEN 0 AND to_compare),
    ADD CONSTRAINT customer_import_compares_once_all_is_read
        CHECK (comparing_since IS NULL OR (state <> 'UPLOADING' AND position = bytes)),
    ADD CONSTRAINT customer_import_has_compared_since_some_time CHECK (compared_to IS NULL OR comparing_since IS NOT NULL);

-- Whom an import has written and not compared yet. There is no reference to the import, which would cost each row a look,
-- and the deletion of a large import more than a statement may take: whoever writes or deletes here holds its row.
CREATE TABLE customer_import_written (
    import_id   uuid NOT NULL,
    customer_id uuid NOT NULL,
    CONSTRAINT customer_import_written_pkey PRIMARY KEY (import_id, customer_id)
);
