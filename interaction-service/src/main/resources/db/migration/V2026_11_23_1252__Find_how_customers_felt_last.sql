-- The briefing tells what a customer was last seen to feel, without reading what came after it.
CREATE INDEX interaction_with_emotions ON interaction (customer_id, occurred_at DESC, id DESC) WHERE emotions IS NOT NULL;
