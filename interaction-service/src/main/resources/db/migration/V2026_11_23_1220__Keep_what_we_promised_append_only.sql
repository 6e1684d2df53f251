-- What a promise can be about is data, as types of interactions are: rows come by migration and stay for good.
CREATE TABLE promise_kind (
    code  text CONSTRAINT promise_kind_pkey PRIMARY KEY,
    label text NOT NULL,
    CONSTRAINT promise_kind_code_is_a_word CHECK (code ~ '^[A-Z][A-Z0-9_]{0,39}$'),
    CONSTRAINT promise_kind_label_is_not_blank CHECK (btrim(label) <> '')
);
INSERT INTO promise_kind (code, label) VALUES
    ('ANSWER',        'Answer'),
    ('CALL_BACK',     'Call back'),
    ('DELIVERY_DATE', 'Delivery date'),
    ('REFUND',        'Refund'),
    ('REPAIR',        'Repair'),
    ('REPLACEMENT',   'Replacement'),
    ('SHIPPING_DATE', 'Shipping date'),
    ('VISIT',         'Visit');
REVOKE INSERT, UPDATE, DELETE ON promise_kind FROM ${application};

-- What we promised in an interaction, once and for good. Kinds have no foreign key, for the reason that types have none.
CREATE TABLE promise (
    customer_id    uuid        NOT NULL,
    id             uuid        NOT NULL,
    interaction_id uuid        NOT NULL,
    kind           text        NOT NULL,
    team           text        NOT NULL,
    employee       text,
    rule           text,
    made_at        timestamptz NOT NULL,
    due_at         timestamptz NOT NULL,
    CONSTRAINT promise_pkey PRIMARY KEY (customer_id, id),
    CONSTRAINT promise_was_made_in_an_interaction
        FOREIGN KEY (customer_id, interaction_id) REFERENCES interaction (customer_id, id),
    CONSTRAINT promise_kind_is_a_word CHECK (kind ~ '^[A-Z][A-Z0-9_]{0,39}$'),
    CONSTRAINT promise_team_is_a_slug CHECK (team ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(team) <= 64),
    CONSTRAINT promise_employee_is_a_slug CHECK (employee ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(employee) <= 64),
    CONSTRAINT promise_rule_is_a_slug CHECK (rule ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(rule) <= 64),
    CONSTRAINT promise_is_made_by_an_employee_or_a_rule CHECK ((employee IS NULL) <> (rule IS NULL)),
    CONSTRAINT promise_is_due_after_it_was_made CHECK (due_at > made_at),
    CONSTRAINT promise_is_due_within_ten_years CHECK (due_at <= made_at + interval '3660 days')
);
CREATE INDEX promise_by_id ON promise (id);
-- A customer's promises: what is open is due last, so it comes first.
CREATE INDEX promise_by_due_time ON promise (customer_id, due_at DESC, id DESC);
REVOKE UPDATE, DELETE ON promise FROM ${application};

-- The words of a promise: cleared by erasure without touching the fact.
CREATE TABLE promise_text (
    customer_id uuid NOT NULL,
    promise_id  uuid NOT NULL,
    text        text NOT NULL,
    CONSTRAINT promise_text_pkey PRIMARY KEY (customer_id, promise_id),
    CONSTRAINT promise_text_belongs_to_a_promise
        FOREIGN KEY (customer_id, promise_id) REFERENCES promise (customer_id, id),
    CONSTRAINT promise_text_is_bounded CHECK (length(text) BETWEEN 1 AND 2000)
);
REVOKE UPDATE ON promise_text FROM ${application};

-- What became of a promise. The primary key decides who says so first: whoever keeps it, or the timer that breaks it.
CREATE TABLE promise_outcome (
    customer_id uuid        NOT NULL,
    promise_id  uuid        NOT NULL,
    outcome     text        NOT NULL,
    -- That of the promise, so that the checks below hold.
    due_at      timestamptz NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT promise_outcome_is_one PRIMARY KEY (customer_id, promise_id),
    CONSTRAINT promise_outcome_belongs_to_a_promise
        FOREIGN KEY (customer_id, promise_id) REFERENCES promise (customer_id, id),
    CONSTRAINT promise_outcome_is_known CHECK (outcome IN ('KEPT', 'EXCEEDED', 'BROKEN', 'WITHDRAWN')),
    CONSTRAINT promise_is_kept_before_it_is_due CHECK (outcome = 'BROKEN' OR occurred_at < due_at),
    CONSTRAINT promise_is_broken_when_it_is_due CHECK (occurred_at <= due_at),
    CONSTRAINT promise_outcome_is_recorded_no_sooner CHECK (recorded_at >= occurred_at)
);
REVOKE UPDATE, DELETE ON promise_outcome FROM ${application};

-- Why it came out so, where somebody said it: cleared by erasure, too. A row of its own, for one that is changed is locked
-- before the customer is, and an erasure locks the customer first.
CREATE TABLE promise_reason (
    customer_id uuid NOT NULL,
    promise_id  uuid NOT NULL,
    reason      text NOT NULL,
    CONSTRAINT promise_reason_pkey PRIMARY KEY (customer_id, promise_id),
    CONSTRAINT promise_reason_belongs_to_an_outcome
        FOREIGN KEY (customer_id, promise_id) REFERENCES promise_outcome (customer_id, promise_id),
    CONSTRAINT promise_reason_is_bounded CHECK (length(reason) BETWEEN 1 AND 500)
);
REVOKE UPDATE ON promise_reason FROM ${application};
