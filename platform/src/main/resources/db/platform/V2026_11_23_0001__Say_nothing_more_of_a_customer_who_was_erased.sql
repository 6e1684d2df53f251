-- Set under the lock that each event of the customer takes: what was being written meanwhile comes before it and is erased
-- with the rest, or after it and is refused.
ALTER TABLE customer_sequence ADD COLUMN erased boolean NOT NULL DEFAULT false;

-- Erasure finds the answers that speak of a customer.
CREATE INDEX idempotency_key_by_customer ON idempotency_key USING gin (customer_ids);
