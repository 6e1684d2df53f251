-- A tombstone lies in every partition of its topic. Where it is refused, it is parked once for its customer, and not again
-- for each partition; of an event of nobody nothing is known but its place.
ALTER TABLE parked_event ADD COLUMN content uuid;
ALTER TABLE parked_event ADD CONSTRAINT parked_event_of_a_customer_is_parked_once
    UNIQUE (customer_id, consumer, topic, content);
DROP INDEX parked_event_by_customer;
