-- What a profile tells besides names and codes. A service of the version before writes none of it, and keeps what is
-- there.
ALTER TABLE customer
    ADD COLUMN address_as      text,
    ADD COLUMN birthday        date,
    ADD COLUMN occupation      text,
    ADD COLUMN lifecycle_stage text,
    ADD COLUMN declared_values text[] NOT NULL DEFAULT '{}',
    ADD COLUMN tags            text[] NOT NULL DEFAULT '{}',
    ADD COLUMN life_events     jsonb  NOT NULL DEFAULT '[]',
    ADD CONSTRAINT customer_address_as_fits CHECK (char_length(address_as) BETWEEN 1 AND 100),
    ADD CONSTRAINT customer_birthday_is_plausible CHECK (birthday BETWEEN '1850-01-01' AND '2199-12-31'),
    ADD CONSTRAINT customer_occupation_fits CHECK (char_length(occupation) BETWEEN 1 AND 100),
    ADD CONSTRAINT customer_lifecycle_stage_is_a_word CHECK (lifecycle_stage ~ '^[A-Z][A-Z_]{0,39}$'),
    ADD CONSTRAINT customer_declares_at_most_20_values CHECK (cardinality(declared_values) <= 20),
    ADD CONSTRAINT customer_has_at_most_50_tags CHECK (cardinality(tags) <= 50),
    ADD CONSTRAINT customer_has_at_most_50_life_events
        CHECK (jsonb_typeof(life_events) = 'array' AND jsonb_array_length(life_events) <= 50);
