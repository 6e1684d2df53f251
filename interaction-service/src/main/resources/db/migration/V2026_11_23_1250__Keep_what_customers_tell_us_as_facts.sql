-- Under what facts are told is data that managers keep, as types of interactions are. A key that was told under stays for
-- good, for the log names it; its validity is an ISO period of years, months and days.
CREATE TABLE fact_key (
    code       text        NOT NULL,
    label      text        NOT NULL,
    topic      text        NOT NULL,
    kind       text        NOT NULL,
    validity   text        NOT NULL,
    active     boolean     NOT NULL DEFAULT true,
    used       boolean     NOT NULL DEFAULT false,
    version    bigint      NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT fact_key_pkey PRIMARY KEY (code),
    CONSTRAINT fact_key_code_is_a_slug CHECK (code ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(code) <= 64),
    CONSTRAINT fact_key_label_is_not_blank CHECK (btrim(label) <> ''),
    CONSTRAINT fact_key_topic_is_a_slug CHECK (topic ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(topic) <= 64),
    CONSTRAINT fact_key_kind_is_known CHECK (kind IN ('CIRCUMSTANCE', 'NEED', 'PROBLEM', 'PREFERENCE', 'EXPECTATION')),
    CONSTRAINT fact_key_validity_is_a_period CHECK (validity ~ '^P([0-9]{1,4}Y)?([0-9]{1,4}M)?([0-9]{1,4}D)?$' AND validity <> 'P'),
    CONSTRAINT fact_key_version_is_positive CHECK (version >= 1)
);
INSERT INTO fact_key (code, label, topic, kind, validity, used) VALUES
    ('accessibility-need',    'What the customer needs to be served well', 'household', 'NEED',         'P5Y',  true),
    ('allergy',               'Allergies and intolerances',                'household', 'CIRCUMSTANCE', 'P5Y',  true),
    ('best-time-to-call',     'When a call suits best',                    'contact',   'PREFERENCE',   'P1Y',  true),
    ('delivery-access',       'How to get to the door',                    'delivery',  'CIRCUMSTANCE', 'P2Y',  true),
    ('delivery-expectation',  'When a delivery is expected',               'delivery',  'EXPECTATION',  'P30D', true),
    ('device-owned',          'Which device the customer has',             'product',   'CIRCUMSTANCE', 'P2Y',  true),
    ('household-size',        'How many live in the household',            'household', 'CIRCUMSTANCE', 'P2Y',  true),
    ('occasion',              'What it is for',                            'product',   'NEED',         'P90D', true),
    ('problem-described',     'What is wrong',                             'problem',   'PROBLEM',      'P90D', true),
    ('reason-for-cancelling', 'Why the customer takes it back',            'product',   'PROBLEM',      'P1Y',  true),
    ('size',                  'Which size fits',                           'product',   'CIRCUMSTANCE', 'P2Y',  true),
    ('steps-tried',           'What was tried already',                    'problem',   'PROBLEM',      'P90D', true);
REVOKE UPDATE ON fact_key FROM ${application};
GRANT UPDATE (label, topic, kind, validity, active, used, version, updated_at) ON fact_key TO ${application};

-- What we got to know of a customer in an interaction, once and for good: ids, a word from a list and times. What it says
-- stands in fact_version_text, which can be cleared.
CREATE TABLE fact (
    customer_id    uuid        NOT NULL,
    id             uuid        NOT NULL,
    interaction_id uuid        NOT NULL,
    key            text        NOT NULL,
    -- When the interaction happened.
    told_at        timestamptz NOT NULL,
    recorded_at    timestamptz NOT NULL,
    CONSTRAINT fact_pkey PRIMARY KEY (customer_id, id),
    CONSTRAINT fact_was_told_in_an_interaction
        FOREIGN KEY (customer_id, interaction_id) REFERENCES interaction (customer_id, id),
    -- It bounds what can be told in one interaction, too.
    CONSTRAINT fact_is_told_once_in_an_interaction UNIQUE (customer_id, interaction_id, key),
    CONSTRAINT fact_key_is_a_slug CHECK (key ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(key) <= 64)
);
CREATE INDEX fact_by_id ON fact (id);
-- What is known under a key is what was told last.
CREATE INDEX fact_by_key ON fact (customer_id, key, told_at DESC, id DESC);
CREATE INDEX fact_by_time ON fact (customer_id, told_at DESC, id DESC);
REVOKE UPDATE, DELETE ON fact FROM ${application};

-- Version 1 is as it was told; a correction adds the next one. The primary key decides who corrects a version.
CREATE TABLE fact_version (
    customer_id uuid        NOT NULL,
    fact_id     uuid        NOT NULL,
    version     integer     NOT NULL,
    learnt      text        NOT NULL,
    -- The customer would not tell it, and does not want to be asked.
    declined    boolean     NOT NULL,
    valid_until timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    teller      text        NOT NULL,
    CONSTRAINT fact_version_is_told_once PRIMARY KEY (customer_id, fact_id, version),
    CONSTRAINT fact_version_belongs_to_a_fact FOREIGN KEY (customer_id, fact_id) REFERENCES fact (customer_id, id),
    CONSTRAINT fact_is_corrected_10_times_at_most CHECK (version BETWEEN 1 AND 11),
    CONSTRAINT fact_version_learnt_is_known CHECK (learnt IN ('STATED', 'OBSERVED', 'INFERRED')),
    CONSTRAINT fact_version_is_declined_by_the_customer CHECK (NOT declined OR learnt = 'STATED'),
    CONSTRAINT fact_version_teller_is_known CHECK (teller IN ('STAFF', 'PARTNER', 'CUSTOMER'))
);
REVOKE UPDATE, DELETE ON fact_version FROM ${application};

-- What a version says, why it was corrected, and by whom: cleared by erasure and by forgetting without touching the fact.
CREATE TABLE fact_version_text (
    customer_id uuid    NOT NULL,
    fact_id     uuid    NOT NULL,
    version     integer NOT NULL,
    value       text,
    reason      text,
    actor       text    NOT NULL,
    CONSTRAINT fact_version_text_pkey PRIMARY KEY (customer_id, fact_id, version),
    CONSTRAINT fact_version_text_belongs_to_a_version
        FOREIGN KEY (customer_id, fact_id, version) REFERENCES fact_version (customer_id, fact_id, version),
    CONSTRAINT fact_version_text_value_is_bounded CHECK (length(value) BETWEEN 1 AND 1000),
    CONSTRAINT fact_version_text_reason_is_bounded CHECK (length(reason) BETWEEN 1 AND 500)
);
REVOKE UPDATE ON fact_version_text FROM ${application};

-- What is not known any more because somebody asked us to forget it.
CREATE TABLE fact_forgotten (
    customer_id  uuid        NOT NULL,
    fact_id      uuid        NOT NULL,
    forgotten_at timestamptz NOT NULL,
    teller       text        NOT NULL,
    CONSTRAINT fact_is_forgotten_once PRIMARY KEY (customer_id, fact_id),
    CONSTRAINT fact_forgotten_belongs_to_a_fact FOREIGN KEY (customer_id, fact_id) REFERENCES fact (customer_id, id),
    CONSTRAINT fact_forgotten_teller_is_known CHECK (teller IN ('STAFF', 'CUSTOMER'))
);
REVOKE UPDATE, DELETE ON fact_forgotten FROM ${application};

-- That the customer told something under a key in an interaction, or was asked for it: once each, and whether we knew it.
CREATE TABLE fact_occasion (
    customer_id    uuid    NOT NULL,
    interaction_id uuid    NOT NULL,
    key            text    NOT NULL,
    repeated       boolean NOT NULL,
    CONSTRAINT fact_occasion_is_one PRIMARY KEY (customer_id, interaction_id, key),
    CONSTRAINT fact_occasion_belongs_to_an_interaction
        FOREIGN KEY (customer_id, interaction_id) REFERENCES interaction (customer_id, id),
    CONSTRAINT fact_occasion_key_is_a_slug CHECK (key ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(key) <= 64)
);
REVOKE UPDATE, DELETE ON fact_occasion FROM ${application};
