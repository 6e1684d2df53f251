-- An erasure of more than one step goes on by a timer after the row where the step before it stopped; erased_at comes with
-- the last one. What asked for it is kept, because the confirmation names it as its cause.
ALTER TABLE customer_erasure
    ALTER COLUMN erased_at DROP NOT NULL,
    ADD COLUMN began_at       timestamptz,
    ADD COLUMN request_id     uuid,
    ADD COLUMN correlation_id text,
    ADD COLUMN hops           smallint,
    ADD COLUMN traceparent    text,
    ADD COLUMN reached_table  text,
    ADD COLUMN reached_id     uuid,
    ADD CONSTRAINT customer_erasure_that_runs_knows_who_asked
        CHECK (erased_at IS NOT NULL OR num_nulls(began_at, request_id, hops) = 0),
    ADD CONSTRAINT customer_erasure_stopped_at_a_row CHECK (num_nulls(reached_table, reached_id) IN (0, 2)),
    ADD CONSTRAINT customer_erasure_that_is_done_stopped_nowhere CHECK (erased_at IS NULL OR reached_table IS NULL);
CREATE INDEX customer_erasure_running ON customer_erasure (customer_id, erasure_id) WHERE erased_at IS NULL;
GRANT UPDATE (reached_table, reached_id, erased_at) ON customer_erasure TO ${application};
