CREATE INDEX directory_customer_by_generation_and_survivor
    ON directory_customer_by_generation (generation, survivor_id) WHERE survivor_id IS NOT NULL;
