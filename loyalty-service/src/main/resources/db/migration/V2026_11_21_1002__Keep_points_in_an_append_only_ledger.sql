-- What an account holds now. Every figure of it is the fold of its entries 1..version, so that an audit needs no snapshot.
CREATE TABLE account (
    customer_id uuid NOT NULL,
    programme text NOT NULL,
    balance bigint NOT NULL,
    earned bigint NOT NULL,
    reversed bigint NOT NULL,
    tier text NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT account_pkey PRIMARY KEY (customer_id, programme),
    CONSTRAINT account_tier_is_one_of_the_programme FOREIGN KEY (programme, tier) REFERENCES tier (programme, code),
    CONSTRAINT account_balance_is_not_negative CHECK (balance >= 0),
    CONSTRAINT account_earned_is_not_negative CHECK (earned >= 0),
    CONSTRAINT account_reverses_no_more_than_it_earned CHECK (reversed BETWEEN 0 AND earned),
    CONSTRAINT account_balance_is_earned_minus_reversed CHECK (balance = earned - reversed),
    CONSTRAINT account_version_is_not_negative CHECK (version >= 0)
) WITH (fillfactor = 80); -- room for heap-only updates: no index holds a figure

-- Figures and ids only, nothing personal: it outlives an erasure. "number" is the account version that the entry made.
CREATE TABLE ledger_entry (
    customer_id uuid NOT NULL,
    id uuid NOT NULL,
    programme text NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL,
    points bigint NOT NULL,
    requested bigint NOT NULL,
    balance_after bigint NOT NULL,
    programme_version integer NOT NULL,
    interaction_id uuid NOT NULL,
    cause_id uuid NOT NULL,
    amount numeric NOT NULL,
    currency text NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT ledger_entry_pkey PRIMARY KEY (customer_id, id),
    CONSTRAINT ledger_entry_numbers_differ UNIQUE (customer_id, programme, number),
    CONSTRAINT ledger_entry_belongs_to_an_account
        FOREIGN KEY (customer_id, programme) REFERENCES account (customer_id, programme),
    CONSTRAINT ledger_entry_number_is_positive CHECK (number > 0),
    CONSTRAINT ledger_entry_kind_is_known CHECK (kind IN ('EARNED', 'REVERSED')),
    CONSTRAINT ledger_entry_requests_points CHECK (requested > 0),
    CONSTRAINT ledger_entry_earns_what_was_requested CHECK (kind <> 'EARNED' OR points = requested),
    CONSTRAINT ledger_entry_reverses_no_more_than_requested CHECK (kind <> 'REVERSED' OR points BETWEEN -requested AND 0),
    CONSTRAINT ledger_entry_reverses_all_or_down_to_zero
        CHECK (kind <> 'REVERSED' OR points = -requested OR balance_after = 0),
    CONSTRAINT ledger_entry_balance_is_not_negative CHECK (balance_after >= 0),
    CONSTRAINT ledger_entry_balance_holds_what_was_earned CHECK (kind <> 'EARNED' OR balance_after >= points),
    CONSTRAINT ledger_entry_programme_version_is_positive CHECK (programme_version > 0),
    CONSTRAINT ledger_entry_currency_is_a_code CHECK (currency ~ '^[A-Z]{3}$')
);

CREATE INDEX ledger_entry_by_id ON ledger_entry (id);

-- One effect for each causing event, however often it is delivered.
CREATE TABLE ledger_entry_claim (
    cause_id uuid CONSTRAINT ledger_entry_claim_pkey PRIMARY KEY,
    customer_id uuid NOT NULL,
    entry_id uuid NOT NULL
);

REVOKE UPDATE, DELETE ON ledger_entry, ledger_entry_claim FROM ${application};
REVOKE DELETE ON account FROM ${application};
