-- What a profile can hold beyond its own fields is data: managers define, change and retire attributes while the service
-- runs. "sole" is the word for unique here, which is one of SQL's own.
CREATE TABLE attribute_definition (
    name           text        CONSTRAINT attribute_definition_pkey PRIMARY KEY,
    label          text        NOT NULL,
    type           text        NOT NULL,
    allowed_values text[]      NOT NULL,
    personal_data  boolean     NOT NULL,
    purpose_of_use text,
    merge_rule     text        NOT NULL,
    sole           boolean     NOT NULL,
    searchable     boolean     NOT NULL,
    active         boolean     NOT NULL,
    version        bigint      NOT NULL,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    -- What the values refer to, so that it stays while there are any.
    CONSTRAINT attribute_definition_is_referred_to_as_this UNIQUE (name, type, sole),
    CONSTRAINT attribute_definition_name_is_a_name CHECK (name ~ '^[a-z][A-Za-z0-9]{0,63}$'),
    CONSTRAINT attribute_definition_label_fits CHECK (char_length(label) BETWEEN 1 AND 200),
    CONSTRAINT attribute_definition_type_is_known
        CHECK (type IN ('TEXT', 'INTEGER', 'DECIMAL', 'BOOLEAN', 'DATE', 'DATE_TIME', 'ONE_OF', 'SEVERAL_OF')),
    CONSTRAINT attribute_definition_has_the_values_that_its_type_allows
        CHECK ((type IN ('ONE_OF', 'SEVERAL_OF')) = (cardinality(allowed_values) > 0)),
    CONSTRAINT attribute_definition_allows_at_most_200_values CHECK (cardinality(allowed_values) <= 200),
    CONSTRAINT attribute_definition_of_personal_data_has_a_use CHECK (NOT personal_data OR purpose_of_use IS NOT NULL),
    CONSTRAINT attribute_definition_purpose_of_use_fits CHECK (char_length(purpose_of_use) BETWEEN 1 AND 500),
    CONSTRAINT attribute_definition_merge_rule_is_known CHECK (merge_rule IN ('FILL', 'SURVIVOR', 'MEMBER')),
    CONSTRAINT attribute_definition_is_unique_where_it_can_be CHECK (NOT sole OR type IN ('TEXT', 'INTEGER')),
    CONSTRAINT attribute_definition_version_is_positive CHECK (version >= 1)
);

-- A row for each value, as text in the one form of its type; a list has several. Who writes some holds the definitions
-- FOR KEY SHARE, and who changes a definition holds it FOR UPDATE.
CREATE TABLE customer_attribute (
    customer_id uuid    NOT NULL,
    name        text    NOT NULL,
    type        text    NOT NULL,
    sole        boolean NOT NULL,
    value       text    NOT NULL,
    CONSTRAINT customer_attribute_pkey PRIMARY KEY (customer_id, name, value),
    CONSTRAINT customer_attribute_has_a_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
        DEFERRABLE INITIALLY DEFERRED,
    -- Refuses to delete a definition of which there are values, and to make its type or uniqueness another one.
    CONSTRAINT customer_attribute_has_a_definition
        FOREIGN KEY (name, type, sole) REFERENCES attribute_definition (name, type, sole),
    CONSTRAINT customer_attribute_value_fits CHECK (char_length(value) BETWEEN 1 AND 500)
);
CREATE UNIQUE INDEX customer_attribute_has_one_value ON customer_attribute (customer_id, name) WHERE type <> 'SEVERAL_OF';
-- Whom a unique attribute names.
CREATE UNIQUE INDEX customer_attribute_names_one_customer ON customer_attribute (name, value) WHERE sole;
-- Who has a value, and whether anybody has.
CREATE INDEX customer_attribute_by_value ON customer_attribute (name, value, customer_id);
