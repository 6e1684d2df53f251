-- The rows of all generations of the projection "context", written by the fold; what is read is the live one, under the
-- names of before.
INSERT INTO projection (name) VALUES ('context');

ALTER TABLE context_interaction RENAME TO context_interaction_by_generation;
ALTER TABLE context_interaction_by_generation ADD COLUMN generation integer NOT NULL DEFAULT 1;
ALTER TABLE context_interaction_by_generation ALTER COLUMN generation DROP DEFAULT;
ALTER TABLE context_interaction_by_generation DROP CONSTRAINT context_interaction_pkey;
ALTER TABLE context_interaction_by_generation
    ADD CONSTRAINT context_interaction_by_generation_pkey PRIMARY KEY (generation, customer_id);
CREATE VIEW context_interaction AS
    SELECT customer_id, count, first_at, last_at FROM context_interaction_by_generation
    WHERE generation = (SELECT live FROM projection WHERE name = 'context');

ALTER TABLE context_amount RENAME TO context_amount_by_generation;
ALTER TABLE context_amount_by_generation ADD COLUMN generation integer NOT NULL DEFAULT 1;
ALTER TABLE context_amount_by_generation ALTER COLUMN generation DROP DEFAULT;
ALTER TABLE context_amount_by_generation DROP CONSTRAINT context_amount_pkey;
ALTER TABLE context_amount_by_generation
    ADD CONSTRAINT context_amount_by_generation_pkey PRIMARY KEY (generation, customer_id, kind, currency);
CREATE VIEW context_amount AS
    SELECT customer_id, kind, currency, count, sum FROM context_amount_by_generation
    WHERE generation = (SELECT live FROM projection WHERE name = 'context');

ALTER TABLE context_loyalty RENAME TO context_loyalty_by_generation;
ALTER TABLE context_loyalty_by_generation ADD COLUMN generation integer NOT NULL DEFAULT 1;
ALTER TABLE context_loyalty_by_generation ALTER COLUMN generation DROP DEFAULT;
ALTER TABLE context_loyalty_by_generation DROP CONSTRAINT context_loyalty_pkey;
ALTER TABLE context_loyalty_by_generation
    ADD CONSTRAINT context_loyalty_by_generation_pkey PRIMARY KEY (generation, customer_id, programme);
CREATE VIEW context_loyalty AS
    SELECT customer_id, programme, balance, tier FROM context_loyalty_by_generation
    WHERE generation = (SELECT live FROM projection WHERE name = 'context');

ALTER TABLE context_feedback RENAME TO context_feedback_by_generation;
ALTER TABLE context_feedback_by_generation ADD COLUMN generation integer NOT NULL DEFAULT 1;
ALTER TABLE context_feedback_by_generation ALTER COLUMN generation DROP DEFAULT;
ALTER TABLE context_feedback_by_generation DROP CONSTRAINT context_feedback_pkey;
ALTER TABLE context_feedback_by_generation
    ADD CONSTRAINT context_feedback_by_generation_pkey PRIMARY KEY (generation, customer_id, metric);
CREATE VIEW context_feedback AS
    SELECT customer_id, metric, count, rating_sum FROM context_feedback_by_generation
    WHERE generation = (SELECT live FROM projection WHERE name = 'context');
