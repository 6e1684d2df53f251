-- Facts stay without their name, and count how often it was cleared; notes go.
CREATE TABLE held_fact (
    customer_id uuid,
    id          uuid,
    name        text,
    cleared     integer NOT NULL DEFAULT 0,
    PRIMARY KEY (customer_id, id)
);
CREATE TABLE held_note (
    customer_id uuid,
    id          uuid,
    PRIMARY KEY (customer_id, id)
);
