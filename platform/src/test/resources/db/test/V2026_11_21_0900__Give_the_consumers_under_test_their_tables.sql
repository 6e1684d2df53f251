CREATE TABLE test_total (
    customer_id uuid PRIMARY KEY,
    events      bigint NOT NULL,
    total       bigint NOT NULL,
    seen        text   NOT NULL,
    CONSTRAINT test_total_is_bounded CHECK (total <= 1000000)
);

CREATE TABLE test_effect (
    cause_id    uuid PRIMARY KEY,
    customer_id uuid NOT NULL
);

CREATE TABLE test_timer_effect (
    subject uuid,
    due     timestamptz,
    fired   bigint NOT NULL,
    PRIMARY KEY (subject, due)
);
