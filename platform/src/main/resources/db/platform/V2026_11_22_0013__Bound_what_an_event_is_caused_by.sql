-- A row that is too large for a record would stop the relay for good. Readers let through 256 characters.
ALTER TABLE outbox
    ADD CONSTRAINT outbox_correlation_id_is_bounded CHECK (octet_length(correlation_id) <= 1024),
    ADD CONSTRAINT outbox_traceparent_is_bounded CHECK (octet_length(traceparent) <= 1024);
