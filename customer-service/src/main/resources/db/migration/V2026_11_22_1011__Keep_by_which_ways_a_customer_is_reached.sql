-- Each change of these raises the customer's version, so the lock of the customer's row guards the list as a whole; the
-- indexes say what it must never become. What the values mean is checked by the domain.
CREATE TABLE contact_point (
    customer_id uuid    NOT NULL,
    id          uuid    NOT NULL,
    kind        text    NOT NULL,
    value       text,
    network     text,
    address     jsonb,
    label       text,
    verified    boolean NOT NULL,
    preferred   boolean NOT NULL,
    valid_from  date,
    valid_to    date,
    PRIMARY KEY (customer_id, id),
    CONSTRAINT contact_point_has_a_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
        DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT contact_point_kind_is_known CHECK (kind IN ('EMAIL', 'PHONE', 'ADDRESS', 'HANDLE')),
    CONSTRAINT contact_point_has_what_its_kind_needs
        CHECK ((kind = 'ADDRESS') = (address IS NOT NULL) AND (kind = 'ADDRESS') = (value IS NULL)),
    CONSTRAINT contact_point_network_is_that_of_a_handle CHECK ((kind = 'HANDLE') = (network IS NOT NULL)),
    CONSTRAINT contact_point_value_fits CHECK (char_length(value) BETWEEN 1 AND 254),
    CONSTRAINT contact_point_phone_is_international CHECK (kind <> 'PHONE' OR value ~ '^\+[1-9][0-9]{1,14}$'),
    CONSTRAINT contact_point_network_is_a_slug
        CHECK (network ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(network) <= 50),
    CONSTRAINT contact_point_label_fits CHECK (char_length(label) BETWEEN 1 AND 50),
    CONSTRAINT contact_point_ends_after_it_begins CHECK (valid_to >= valid_from)
);
CREATE UNIQUE INDEX contact_point_preferred_is_one_of_its_kind ON contact_point (customer_id, kind) WHERE preferred;
CREATE UNIQUE INDEX contact_point_is_told_once
    ON contact_point (customer_id, kind, coalesce(network, ''), value) WHERE value IS NOT NULL;
