-- Imports, and how far each has come: whoever works on one holds its row, and moves the position in the transaction that
-- writes the customers. Nothing of it outlives the import for long: a timer deletes the row, and all that hangs on it.
CREATE TABLE customer_import (
    id           uuid        CONSTRAINT customer_import_pkey PRIMARY KEY,
    format       text        NOT NULL,
    delimiter    text        NOT NULL,
    mode         text        NOT NULL,
    dry_run      boolean     NOT NULL,
    columns      jsonb,
    state        text        NOT NULL,
    failure      text,
    created_by   text        NOT NULL,
    reason       text,
    created_at   timestamptz NOT NULL,
    started_at   timestamptz,
    ended_at     timestamptz,
    expires_at   timestamptz NOT NULL,
    bytes        bigint      NOT NULL DEFAULT 0,
    position     bigint      NOT NULL DEFAULT 0,
    header       jsonb,
    in_long_row  boolean     NOT NULL DEFAULT false,
    rows_read    bigint      NOT NULL DEFAULT 0,
    created      bigint      NOT NULL DEFAULT 0,
    updated      bigint      NOT NULL DEFAULT 0,
    unchanged    bigint      NOT NULL DEFAULT 0,
    refused      bigint      NOT NULL DEFAULT 0,
    CONSTRAINT customer_import_format_is_known CHECK (format IN ('CSV', 'NDJSON')),
    CONSTRAINT customer_import_delimiter_is_one_character CHECK (char_length(delimiter) = 1),
    CONSTRAINT customer_import_mode_is_known CHECK (mode IN ('CREATE', 'UPDATE', 'UPSERT')),
    CONSTRAINT customer_import_state_is_known
        CHECK (state IN ('UPLOADING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
    CONSTRAINT customer_import_says_why_it_failed CHECK ((state = 'FAILED') = (failure IS NOT NULL)),
    CONSTRAINT customer_import_ends_once CHECK ((state IN ('UPLOADING', 'RUNNING')) = (ended_at IS NULL)),
    CONSTRAINT customer_import_reads_what_is_there CHECK (position BETWEEN 0 AND bytes)
);
CREATE INDEX customer_import_unfinished ON customer_import (id) WHERE state IN ('UPLOADING', 'RUNNING');

-- What was uploaded, as it came. A part that is put again takes the place of the first. Not compressed, so that a slice of
-- a part is read without the rest.
CREATE TABLE customer_import_part (
    import_id uuid    NOT NULL,
    number    integer NOT NULL,
    bytes     integer NOT NULL,
    content   bytea   NOT NULL,
    CONSTRAINT customer_import_part_pkey PRIMARY KEY (import_id, number),
    CONSTRAINT customer_import_part_has_an_import FOREIGN KEY (import_id) REFERENCES customer_import (id)
        ON DELETE CASCADE,
    CONSTRAINT customer_import_part_number_is_positive CHECK (number >= 1),
    CONSTRAINT customer_import_part_tells_its_length CHECK (bytes = octet_length(content))
);
ALTER TABLE customer_import_part ALTER COLUMN content SET STORAGE EXTERNAL;

-- Rows that were refused, by their numbers, with codes, sentences and names of fields of ours: no value of a row.
CREATE TABLE customer_import_problem (
    import_id  uuid   NOT NULL,
    row_number bigint NOT NULL,
    code       text   NOT NULL,
    detail     text   NOT NULL,
    errors     jsonb  NOT NULL,
    CONSTRAINT customer_import_problem_pkey PRIMARY KEY (import_id, row_number),
    CONSTRAINT customer_import_problem_has_an_import FOREIGN KEY (import_id) REFERENCES customer_import (id)
        ON DELETE CASCADE
);
