-- The interactions of one matter. Nothing in it is personal but who merged or split threads: ids, words from a list, times.
-- A thread belongs to the customer on whom its first interaction arrived. Who was merged with them has their interactions
-- in it too, each under the id that it arrived on, so that an unmerge leaves each with their own.
CREATE TABLE thread (
    customer_id  uuid        NOT NULL,
    id           uuid        NOT NULL,
    status       text        NOT NULL,
    status_since timestamptz NOT NULL,
    opened_at    timestamptz NOT NULL,
    -- A merge is a link, and moves nothing: without the link both are as they were.
    merged_into  uuid,
    version      bigint      NOT NULL,
    PRIMARY KEY (customer_id, id),
    CONSTRAINT thread_status_is_known CHECK (status IN ('OPEN', 'WAITING_FOR_US', 'WAITING_FOR_CUSTOMER', 'SOLVED')),
    CONSTRAINT thread_is_not_merged_into_itself CHECK (merged_into <> id),
    CONSTRAINT thread_version_is_positive CHECK (version >= 1)
);
CREATE INDEX thread_by_id ON thread (id);
CREATE INDEX thread_merged_into ON thread (merged_into) WHERE merged_into IS NOT NULL;
REVOKE UPDATE, DELETE ON thread FROM ${application};
GRANT UPDATE (status, status_since, merged_into, version) ON thread TO ${application};

CREATE TABLE thread_interaction (
    customer_id    uuid        NOT NULL,
    interaction_id uuid        NOT NULL,
    thread_id      uuid        NOT NULL,
    occurred_at    timestamptz NOT NULL,
    joined_at      timestamptz NOT NULL,
    CONSTRAINT thread_interaction_is_in_one_thread PRIMARY KEY (customer_id, interaction_id),
    CONSTRAINT thread_interaction_is_recorded
        FOREIGN KEY (customer_id, interaction_id) REFERENCES interaction (customer_id, id)
);
CREATE INDEX thread_interaction_by_thread ON thread_interaction (thread_id, occurred_at DESC, interaction_id DESC);
REVOKE UPDATE, DELETE ON thread_interaction FROM ${application};
GRANT UPDATE (thread_id) ON thread_interaction TO ${application};

-- How threads became others, for good. An undo is an operation too.
CREATE TABLE thread_operation (
    customer_id         uuid        NOT NULL,
    id                  uuid        NOT NULL,
    thread_id           uuid        NOT NULL,
    kind                text        NOT NULL,
    -- The thread that was merged into it, or that was split off.
    other_id            uuid        NOT NULL,
    undoes              uuid,
    -- What an undo restores, unless the thread has changed since.
    status_before       text        NOT NULL,
    status_since_before timestamptz NOT NULL,
    version_after       bigint      NOT NULL,
    at                  timestamptz NOT NULL,
    -- Cleared by an erasure.
    actor               text,
    PRIMARY KEY (customer_id, id),
    CONSTRAINT thread_operation_kind_is_known CHECK (kind IN ('MERGED', 'SPLIT', 'UNDONE')),
    CONSTRAINT thread_operation_undoes_another CHECK ((kind = 'UNDONE') = (undoes IS NOT NULL)),
    CONSTRAINT thread_operation_is_undone_once UNIQUE (customer_id, undoes)
-- Half of each page is left for rows without their actors, so that an erasure writes to no index.
) WITH (fillfactor = 50);
CREATE INDEX thread_operation_by_thread ON thread_operation (thread_id, id);
CREATE INDEX thread_operation_by_id ON thread_operation (id);
REVOKE UPDATE, DELETE ON thread_operation FROM ${application};
GRANT UPDATE (actor) ON thread_operation TO ${application};

-- What was split off, and from which of the threads that were one.
CREATE TABLE thread_operation_interaction (
    customer_id    uuid NOT NULL,
    operation_id   uuid NOT NULL,
    interaction_id uuid NOT NULL,
    from_thread    uuid NOT NULL,
    PRIMARY KEY (customer_id, operation_id, interaction_id)
);
CREATE INDEX thread_operation_interaction_by_operation ON thread_operation_interaction (operation_id);
REVOKE UPDATE, DELETE ON thread_operation_interaction FROM ${application};
