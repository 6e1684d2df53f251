-- When, and by which channel, we turned to each customer, in generations of the projection "context": by it a contact
-- rhythm is kept. Interactions that were applied before this table was there are folded by a replay.
CREATE TABLE context_contact_by_generation (
    generation  integer     NOT NULL,
    customer_id uuid        NOT NULL,
    at          timestamptz NOT NULL,
    channel     text        NOT NULL,
    count       bigint      NOT NULL,
    CONSTRAINT context_contact_by_generation_pkey PRIMARY KEY (generation, customer_id, at, channel),
    CONSTRAINT context_contact_count_is_positive CHECK (count >= 1)
);
CREATE VIEW context_contact AS
    SELECT customer_id, at, channel, count FROM context_contact_by_generation
    WHERE generation = (SELECT live FROM projection WHERE name = 'context');
