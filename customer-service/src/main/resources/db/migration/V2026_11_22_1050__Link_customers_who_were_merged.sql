-- Each merge of one customer into another, once and for good: ids, words from lists and times only. Who undid it, and
-- what was edited since, are rows of their own, so that nothing here ever changes.
CREATE TABLE customer_merge (
    id          uuid        CONSTRAINT customer_merge_pkey PRIMARY KEY,
    member_id   uuid        NOT NULL,
    survivor_id uuid        NOT NULL,
    rules       jsonb       NOT NULL,
    merged_at   timestamptz NOT NULL,
    CONSTRAINT customer_merge_is_of_two_customers CHECK (member_id <> survivor_id),
    CONSTRAINT customer_merge_has_a_member FOREIGN KEY (member_id) REFERENCES customer (id),
    CONSTRAINT customer_merge_has_a_survivor FOREIGN KEY (survivor_id) REFERENCES customer (id),
    CONSTRAINT customer_merge_rules_are_by_pointer CHECK (jsonb_typeof(rules) = 'object'),
    CONSTRAINT customer_merge_and_both_customers UNIQUE (id, member_id, survivor_id)
);
CREATE INDEX customer_merge_by_member ON customer_merge (member_id);
CREATE INDEX customer_merge_by_survivor ON customer_merge (survivor_id);

CREATE TABLE customer_unmerge (
    merge_id    uuid        CONSTRAINT customer_unmerge_is_once PRIMARY KEY,
    unmerged_at timestamptz NOT NULL,
    CONSTRAINT customer_unmerge_undoes_a_merge FOREIGN KEY (merge_id) REFERENCES customer_merge (id)
);

-- What was edited while they were merged: of these paths the member's values are shown no more.
CREATE TABLE customer_merge_edit (
    merge_id uuid NOT NULL,
    path     text NOT NULL,
    CONSTRAINT customer_merge_edit_pkey PRIMARY KEY (merge_id, path),
    CONSTRAINT customer_merge_edit_is_of_a_merge FOREIGN KEY (merge_id) REFERENCES customer_merge (id)
);

-- Who merged and unmerged, and why. Beside the facts, because it may name a person: cleared by erasure without touching
-- them.
CREATE TABLE customer_merge_actor (
    merge_id       uuid    NOT NULL,
    unmerged       boolean NOT NULL,
    actor          text    NOT NULL,
    reason         text,
    proof          text,
    correlation_id text,
    CONSTRAINT customer_merge_actor_pkey PRIMARY KEY (merge_id, unmerged),
    CONSTRAINT customer_merge_actor_belongs_to_a_merge FOREIGN KEY (merge_id) REFERENCES customer_merge (id),
    CONSTRAINT customer_merge_actor_reason_fits CHECK (char_length(reason) BETWEEN 1 AND 500),
    CONSTRAINT customer_merge_actor_proof_fits CHECK (char_length(proof) BETWEEN 1 AND 500)
);
REVOKE UPDATE, DELETE ON customer_merge, customer_unmerge, customer_merge_edit FROM ${application};
REVOKE UPDATE ON customer_merge_actor FROM ${application};

-- Who is merged into whom now. A member is in it once; that the member is MERGED and the survivor ACTIVE is what the two
-- foreign keys hold, so that nobody is merged into one that was merged: no chain, no circle, whoever writes.
ALTER TABLE customer ADD CONSTRAINT customer_id_and_status UNIQUE (id, status);
CREATE TABLE customer_link (
    member_id       uuid CONSTRAINT customer_link_is_the_only_one_of_its_member PRIMARY KEY,
    survivor_id     uuid NOT NULL,
    merge_id        uuid NOT NULL,
    member_status   text NOT NULL DEFAULT 'MERGED',
    survivor_status text NOT NULL DEFAULT 'ACTIVE',
    CONSTRAINT customer_link_is_of_one_merge
        FOREIGN KEY (merge_id, member_id, survivor_id) REFERENCES customer_merge (id, member_id, survivor_id),
    CONSTRAINT customer_link_member_is_merged
        FOREIGN KEY (member_id, member_status) REFERENCES customer (id, status),
    CONSTRAINT customer_link_survivor_is_active
        FOREIGN KEY (survivor_id, survivor_status) REFERENCES customer (id, status),
    CONSTRAINT customer_link_member_status_is_merged CHECK (member_status = 'MERGED'),
    CONSTRAINT customer_link_survivor_status_is_active CHECK (survivor_status = 'ACTIVE')
);
CREATE INDEX customer_link_by_survivor ON customer_link (survivor_id, merge_id, member_id);
REVOKE UPDATE ON customer_link FROM ${application};
