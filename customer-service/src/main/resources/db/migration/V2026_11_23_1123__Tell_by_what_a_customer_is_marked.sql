-- The event of another service that folded the customer's context further: what follows from it names it as its cause.
ALTER TABLE segment_mark
    ADD COLUMN caused_by      uuid,
    ADD COLUMN correlation_id text,
    ADD COLUMN hops           integer,
    ADD COLUMN traceparent    text;
