-- The customer itself is this service's directory. Codes of lists that grow (language, time zone, country) are checked
-- for their shape only; the domain checks that they exist.
CREATE TABLE customer (
    id           uuid        PRIMARY KEY,
    status       text        NOT NULL,
    kind         text        NOT NULL,
    display_name text,
    given_name   text,
    family_name  text,
    language     text,
    time_zone    text,
    country      text,
    version      bigint      NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    CONSTRAINT customer_status_is_known CHECK (status IN ('ACTIVE', 'MERGED', 'ERASED')),
    CONSTRAINT customer_kind_is_known CHECK (kind IN ('PERSON', 'ORGANISATION')),
    CONSTRAINT customer_display_name_fits CHECK (char_length(display_name) BETWEEN 1 AND 200),
    CONSTRAINT customer_given_name_fits CHECK (char_length(given_name) BETWEEN 1 AND 100),
    CONSTRAINT customer_family_name_fits CHECK (char_length(family_name) BETWEEN 1 AND 100),
    CONSTRAINT customer_language_is_a_tag CHECK (language ~ '^[A-Za-z0-9-]{2,35}$'),
    CONSTRAINT customer_time_zone_fits CHECK (char_length(time_zone) BETWEEN 1 AND 64),
    CONSTRAINT customer_country_is_two_letters CHECK (country ~ '^[A-Z]{2}$'),
    CONSTRAINT customer_version_is_positive CHECK (version >= 1)
) WITH (fillfactor = 80);

-- Who an identity belongs to is decided by this primary key. The customer may be inserted after its claim, in the same
-- transaction, so that a caller who loses the race has made nothing yet.
CREATE TABLE customer_identity (
    source      text,
    external_id text,
    customer_id uuid NOT NULL,
    PRIMARY KEY (source, external_id),
    CONSTRAINT customer_identity_has_a_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
        DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT customer_identity_source_is_a_name CHECK (source ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    CONSTRAINT customer_identity_external_id_fits CHECK (char_length(external_id) BETWEEN 1 AND 128)
);
CREATE INDEX customer_identity_by_customer ON customer_identity (customer_id);
-- Lists the customers of one source in the order of their ids.
CREATE INDEX customer_identity_by_source ON customer_identity (source, customer_id);
