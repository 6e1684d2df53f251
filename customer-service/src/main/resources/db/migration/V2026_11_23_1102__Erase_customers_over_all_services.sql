-- Erasures, and how far each has come: ids, counts, words from lists and times only, so that they stay for good.
CREATE TABLE erasure (
    id             uuid        CONSTRAINT erasure_pkey PRIMARY KEY,
    reason         text        NOT NULL,
    requested_by   text        NOT NULL,
    requested_at   timestamptz NOT NULL,
    counts         jsonb       NOT NULL,
    files_clean_by timestamptz,
    completed_at   timestamptz,
    CONSTRAINT erasure_reason_is_a_word CHECK (reason ~ '^[A-Z][A-Z_]{0,39}$'),
    CONSTRAINT erasure_counts_are_by_kind CHECK (jsonb_typeof(counts) = 'object'),
    CONSTRAINT erasure_ends_after_it_began CHECK (completed_at >= requested_at)
);
REVOKE DELETE ON erasure FROM ${application};

-- Who was erased: the customer and all who were merged into it.
CREATE TABLE erasure_customer (
    erasure_id  uuid NOT NULL,
    customer_id uuid NOT NULL,
    CONSTRAINT erasure_customer_pkey PRIMARY KEY (erasure_id, customer_id),
    CONSTRAINT erasure_customer_is_erased_once UNIQUE (customer_id),
    CONSTRAINT erasure_customer_is_of_an_erasure FOREIGN KEY (erasure_id) REFERENCES erasure (id),
    CONSTRAINT erasure_customer_is_a_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
);
REVOKE UPDATE, DELETE ON erasure_customer FROM ${application};

-- Which service has erased whom, as it said itself. Who adds one holds the erasure's row, so that the last one is seen to
-- be the last.
CREATE TABLE erasure_confirmation (
    erasure_id   uuid        NOT NULL,
    customer_id  uuid        NOT NULL,
    service      text        NOT NULL,
    erased_at    timestamptz NOT NULL,
    confirmed_at timestamptz NOT NULL,
    CONSTRAINT erasure_confirmation_is_once PRIMARY KEY (erasure_id, customer_id, service),
    CONSTRAINT erasure_confirmation_is_of_one_who_is_erased
        FOREIGN KEY (erasure_id, customer_id) REFERENCES erasure_customer (erasure_id, customer_id)
);
REVOKE UPDATE, DELETE ON erasure_confirmation FROM ${application};

-- Paths that were edited while customers were merged may name an identity, so erasure takes them away.
GRANT DELETE ON customer_merge_edit TO ${application};

-- Who had an identity before: its path stands in the histories of all who ever had it.
CREATE INDEX customer_change_of_identity ON customer_change (path, customer_id, version) WHERE path LIKE '/identities/%';
