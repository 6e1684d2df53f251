-- The projection "context": each source writes only its own tables, and rows are made for customers not known here yet,
-- so there is no reference to customer. Dropped and replayed, the rows are the same.
CREATE TABLE context_interaction (
    customer_id uuid        PRIMARY KEY,
    count       bigint      NOT NULL,
    first_at    timestamptz NOT NULL,
    last_at     timestamptz NOT NULL,
    CONSTRAINT context_interaction_count_is_positive CHECK (count >= 1),
    CONSTRAINT context_interaction_first_is_not_after_last CHECK (first_at <= last_at)
) WITH (fillfactor = 80);

CREATE TABLE context_amount (
    customer_id uuid,
    kind        text,
    currency    text,
    count       bigint  NOT NULL,
    sum         numeric NOT NULL,
    PRIMARY KEY (customer_id, kind, currency),
    CONSTRAINT context_amount_kind_is_known CHECK (kind IN ('PURCHASE', 'CANCELLATION')),
    CONSTRAINT context_amount_currency_is_three_letters CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT context_amount_count_is_positive CHECK (count >= 1)
) WITH (fillfactor = 80);

-- Null is what loyalty-service has not told yet.
CREATE TABLE context_loyalty (
    customer_id uuid,
    programme   text,
    balance     bigint,
    tier        text,
    PRIMARY KEY (customer_id, programme)
) WITH (fillfactor = 80);

CREATE TABLE context_feedback (
    customer_id uuid,
    metric      text,
    count       bigint NOT NULL,
    rating_sum  bigint NOT NULL,
    PRIMARY KEY (customer_id, metric),
    CONSTRAINT context_feedback_count_is_positive CHECK (count >= 1)
) WITH (fillfactor = 80);
