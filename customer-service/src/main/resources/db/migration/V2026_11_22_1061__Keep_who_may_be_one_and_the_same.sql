-- Two customers that may be one: what was found of them when one of them was written last, and that somebody said that
-- they are not the same, which outlives what is found. Who writes one holds advisory locks of what equal customers have
-- in common, so that of two that are written at once the second sees the first. There is no reference to customer: who
-- writes one customer would wait for the rows of others.
CREATE TABLE duplicate_pair (
    customer_a      uuid NOT NULL,
    customer_b      uuid NOT NULL,
    rule            text,
    score           smallint,
    matched         text[],
    found_at        timestamptz,
    different_since timestamptz,
    different_by    text,
    CONSTRAINT duplicate_pair_pkey PRIMARY KEY (customer_a, customer_b),
    CONSTRAINT duplicate_pair_stands_once CHECK (customer_a < customer_b),
    CONSTRAINT duplicate_pair_rule_is_known CHECK (rule IN ('SAME_EMAIL', 'SAME_PHONE', 'SIMILAR_PERSON')),
    CONSTRAINT duplicate_pair_score_is_in_hundredths CHECK (score BETWEEN 1 AND 100),
    CONSTRAINT duplicate_pair_says_something CHECK (rule IS NOT NULL OR different_since IS NOT NULL),
    CONSTRAINT duplicate_pair_is_found_in_full
        CHECK (num_nulls(rule, score, matched, found_at) IN (0, 4)),
    CONSTRAINT duplicate_pair_is_denied_by_somebody CHECK ((different_since IS NULL) = (different_by IS NULL))
);
CREATE INDEX duplicate_pair_by_second ON duplicate_pair (customer_b, customer_a);
-- What managers review, most alike first.
CREATE INDEX duplicate_pair_to_review ON duplicate_pair (score DESC, customer_a DESC, customer_b DESC)
    WHERE rule IS NOT NULL AND different_since IS NULL;

-- Among these, names and addresses are compared.
CREATE INDEX customer_by_birthday ON customer (birthday, id) WHERE birthday IS NOT NULL;
