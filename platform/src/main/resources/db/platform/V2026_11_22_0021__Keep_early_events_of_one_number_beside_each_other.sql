-- Somebody else than the topic's service may write under a number that is still to come. What says something else is kept
-- beside it, so that the true event is not lost for a forged one; the same said again is kept once. The default is for
-- rows of before, and for the version before.
ALTER TABLE early_event ADD COLUMN content uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
ALTER TABLE early_event DROP CONSTRAINT early_event_pkey;
ALTER TABLE early_event ADD CONSTRAINT early_event_is_kept_once
    PRIMARY KEY (customer_id, topic, consumer, sequence, content);
