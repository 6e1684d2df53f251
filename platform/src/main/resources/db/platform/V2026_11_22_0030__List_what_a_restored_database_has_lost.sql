-- Events that lie in the topics of this service and that its database does not know: it was restored to an older state.
-- Nothing is sent while one of them is not accepted. Where they lie and what they are called; what they say lies there.
CREATE TABLE lost_event (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic       text        NOT NULL,
    partition   integer     NOT NULL,
    "offset"    bigint      NOT NULL,
    customer_id uuid        NOT NULL,
    sequence    bigint,
    version     bigint,
    id          uuid        NOT NULL,
    type        text        NOT NULL,
    time        timestamptz NOT NULL,
    found_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    accepted_at timestamptz,
    CONSTRAINT lost_event_is_listed_once UNIQUE (topic, partition, "offset", id),
    CONSTRAINT lost_event_is_numbered_or_versioned CHECK ((sequence IS NULL) <> (version IS NULL))
);
CREATE INDEX lost_event_not_accepted ON lost_event (customer_id) WHERE accepted_at IS NULL;
REVOKE DELETE ON lost_event FROM ${application};
