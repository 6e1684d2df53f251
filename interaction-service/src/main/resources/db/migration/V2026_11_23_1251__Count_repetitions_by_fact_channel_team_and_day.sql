-- In how many interactions something was told or asked under a key, and in how many of them we knew it, on a day in UTC:
-- counted in the transaction that notes it, so that a report adds up a row a day, however many interactions there are.
CREATE TABLE repetition_count (
    key       text   NOT NULL,
    channel   text   NOT NULL,
    -- Empty where no team is known.
    team      text   NOT NULL,
    day       date   NOT NULL,
    occasions bigint NOT NULL,
    repeated  bigint NOT NULL,
    CONSTRAINT repetition_count_pkey PRIMARY KEY (key, channel, team, day),
    CONSTRAINT repetition_count_is_of_something CHECK (occasions > 0 AND repeated BETWEEN 0 AND occasions)
) WITH (fillfactor = 80); -- room for heap-only updates: no index holds a figure
REVOKE DELETE ON repetition_count FROM ${application};

-- Whose occasions a count is of, so that none is shown that is of a few customers only.
CREATE TABLE repetition_count_customer (
    key         text NOT NULL,
    channel     text NOT NULL,
    team        text NOT NULL,
    day         date NOT NULL,
    customer_id uuid NOT NULL,
    CONSTRAINT repetition_count_customer_pkey PRIMARY KEY (key, channel, team, day, customer_id)
);
REVOKE UPDATE, DELETE ON repetition_count_customer FROM ${application};
