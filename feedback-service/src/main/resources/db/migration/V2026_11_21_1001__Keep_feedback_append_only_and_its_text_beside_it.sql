-- What a customer told us in figures, once and for good: ids, words from a list, numbers and times. Words of people
-- stand in feedback_text, which can be cleared.
CREATE TABLE feedback (
    customer_id uuid NOT NULL,
    id uuid NOT NULL,
    metric text NOT NULL,
    rating smallint NOT NULL,
    touchpoint text,
    interaction_id uuid,
    source text,
    source_id text,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT feedback_pkey PRIMARY KEY (customer_id, id),
    CONSTRAINT feedback_metric_is_known CHECK (metric IN ('NPS', 'CSAT', 'CES')),
    CONSTRAINT feedback_rating_is_on_the_scale_of_its_metric CHECK (
        CASE metric
            WHEN 'NPS' THEN rating BETWEEN 0 AND 10
            WHEN 'CSAT' THEN rating BETWEEN 1 AND 5
            WHEN 'CES' THEN rating BETWEEN 1 AND 7
        END),
    CONSTRAINT feedback_touchpoint_is_a_slug
        CHECK (touchpoint ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(touchpoint) <= 64),
    CONSTRAINT feedback_source_has_an_id CHECK ((source IS NULL) = (source_id IS NULL)),
    CONSTRAINT feedback_source_is_a_slug CHECK (source ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    CONSTRAINT feedback_source_id_is_bounded CHECK (length(source_id) BETWEEN 1 AND 200),
    CONSTRAINT feedback_occurred_in_living_memory CHECK (occurred_at >= '1900-01-01T00:00:00Z'),
    CONSTRAINT feedback_occurred_before_it_was_recorded CHECK (occurred_at <= recorded_at + interval '5 minutes')
);

CREATE INDEX feedback_by_id ON feedback (id);
-- A customer's list: newest first, and the id decides between feedback of the same time.
CREATE INDEX feedback_newest_first ON feedback (customer_id, occurred_at DESC, id DESC);
REVOKE UPDATE, DELETE ON feedback FROM ${application};

-- What the customer said, where they said anything: cleared by erasure without touching the figures.
CREATE TABLE feedback_text (
    customer_id uuid NOT NULL,
    feedback_id uuid NOT NULL,
    text text NOT NULL,
    CONSTRAINT feedback_text_pkey PRIMARY KEY (customer_id, feedback_id),
    CONSTRAINT feedback_text_belongs_to_feedback
        FOREIGN KEY (customer_id, feedback_id) REFERENCES feedback (customer_id, id),
    CONSTRAINT feedback_text_is_bounded CHECK (length(text) BETWEEN 1 AND 10000)
);

-- Who came first under a source's id. The primary key decides races; the hashes tell "the same again" from "something
-- else under the same id" without keeping what was said. Both are the first 128 bits of SHA-256: of the content without
-- the customer, and of the customer as the caller named it (an identity may since have moved).
CREATE TABLE feedback_claim (
    source text NOT NULL,
    source_id text NOT NULL,
    customer_id uuid NOT NULL,
    feedback_id uuid NOT NULL,
    content_hash uuid NOT NULL,
    named_hash uuid NOT NULL,
    CONSTRAINT feedback_claim_pkey PRIMARY KEY (source, source_id)
);
REVOKE UPDATE, DELETE ON feedback_claim FROM ${application};
