CREATE TABLE trial (
    id   uuid PRIMARY KEY,
    name text NOT NULL,
    CONSTRAINT trial_name_is_free UNIQUE (name),
    CONSTRAINT trial_name_is_short CHECK (length(name) <= 50)
);
