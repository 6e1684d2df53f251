-- How many promises were made, and came out how, on a day in UTC: counted in the transaction that makes it so, that a
-- report reads as many rows as its window has days, however many promises there are.
CREATE TABLE promise_count (
    team      text   NOT NULL,
    kind      text   NOT NULL,
    day       date   NOT NULL,
    made      bigint NOT NULL,
    kept      bigint NOT NULL,
    exceeded  bigint NOT NULL,
    broken    bigint NOT NULL,
    withdrawn bigint NOT NULL,
    CONSTRAINT promise_count_pkey PRIMARY KEY (team, kind, day),
    CONSTRAINT promise_count_is_of_something CHECK (
        least(made, kept, exceeded, broken, withdrawn) >= 0 AND made + kept + exceeded + broken + withdrawn > 0)
) WITH (fillfactor = 80); -- room for heap-only updates: no index holds a figure
REVOKE DELETE ON promise_count FROM ${application};

-- Whose promises a count is of, so that none is shown that is of a few customers only.
CREATE TABLE promise_count_customer (
    team        text NOT NULL,
    kind        text NOT NULL,
    day         date NOT NULL,
    customer_id uuid NOT NULL,
    CONSTRAINT promise_count_customer_pkey PRIMARY KEY (team, kind, day, customer_id)
);
REVOKE UPDATE, DELETE ON promise_count_customer FROM ${application};
