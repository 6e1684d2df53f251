-- What happened between a customer and us, once and for good. Everything in it is an id, a word from a list, a figure
-- or a time; words of people stand in interaction_text, which can be cleared.
-- Type and channel have no foreign keys, and their lists lose no row instead: each purchase would lock the one row
-- PURCHASE, and 8 connections then recorded a fifth less.
CREATE TABLE interaction (
    customer_id uuid        NOT NULL,
    id          uuid        NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    type        text        NOT NULL,
    -- The rule of the type when this was recorded, so that the check below holds for types that are rows of data.
    amount_sign smallint    NOT NULL,
    channel     text        NOT NULL,
    direction   text        NOT NULL,
    touchpoint  text,
    amount      numeric(19, 4),
    currency    text,
    source      text        NOT NULL,
    source_id   text        NOT NULL,
    PRIMARY KEY (customer_id, id),
    CONSTRAINT interaction_type_is_a_word CHECK (type ~ '^[A-Z][A-Z0-9_]{0,39}$'),
    CONSTRAINT interaction_channel_is_a_word CHECK (channel ~ '^[A-Z][A-Z0-9_]{0,39}$'),
    CONSTRAINT interaction_direction_is_known CHECK (direction IN ('INBOUND', 'OUTBOUND', 'INTERNAL')),
    CONSTRAINT interaction_touchpoint_is_a_slug
        CHECK (touchpoint ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(touchpoint) <= 64),
    CONSTRAINT interaction_amount_has_a_currency CHECK ((amount IS NULL) = (currency IS NULL)),
    CONSTRAINT interaction_currency_is_three_letters CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT interaction_amount_has_the_sign_of_its_type CHECK (
        CASE amount_sign
            WHEN 1 THEN amount IS NOT NULL AND amount >= 0
            WHEN -1 THEN amount IS NOT NULL AND amount <= 0
            WHEN 0 THEN amount IS NULL
            ELSE false
        END),
    CONSTRAINT interaction_occurred_in_living_memory CHECK (occurred_at >= '1900-01-01T00:00:00Z'),
    CONSTRAINT interaction_occurred_before_it_was_recorded CHECK (occurred_at <= recorded_at + interval '5 minutes'),
    CONSTRAINT interaction_source_is_a_slug CHECK (source ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    CONSTRAINT interaction_source_id_is_bounded CHECK (length(source_id) BETWEEN 1 AND 200)
);
CREATE INDEX interaction_by_id ON interaction (id);
-- The timeline: newest first, and the id decides between interactions of the same time.
CREATE INDEX interaction_timeline ON interaction (customer_id, occurred_at DESC, id DESC);
REVOKE UPDATE, DELETE ON interaction FROM ${application};

-- Subject and text of an interaction, where it has any: cleared by erasure without touching the fact.
CREATE TABLE interaction_text (
    customer_id    uuid NOT NULL,
    interaction_id uuid NOT NULL,
    subject        text,
    text           text,
    PRIMARY KEY (customer_id, interaction_id),
    CONSTRAINT interaction_text_belongs_to_an_interaction
        FOREIGN KEY (customer_id, interaction_id) REFERENCES interaction (customer_id, id),
    CONSTRAINT interaction_text_subject_is_bounded CHECK (length(subject) <= 500),
    CONSTRAINT interaction_text_is_bounded CHECK (octet_length(text) <= 100000)
);

-- Who came first under a source's id. The primary key decides races; the hashes tell "the same again" from "something
-- else under the same id" without reading, or keeping, what was said. Both are the first 128 bits of SHA-256: of the
-- content without the customer, and of the customer as the caller named it (an identity may since have moved).
CREATE TABLE interaction_claim (
    source         text NOT NULL,
    source_id      text NOT NULL,
    customer_id    uuid NOT NULL,
    interaction_id uuid NOT NULL,
    content_hash   uuid NOT NULL,
    named_hash     uuid NOT NULL,
    PRIMARY KEY (source, source_id)
);
REVOKE UPDATE, DELETE ON interaction_claim FROM ${application};
