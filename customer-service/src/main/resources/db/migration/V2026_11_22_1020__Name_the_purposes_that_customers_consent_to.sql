-- What customers can consent to is data: managers add, change and retire purposes while the service runs. Codes of lists
-- that grow (languages, channels) are checked by the domain.
CREATE TABLE consent_purpose (
    key           text        CONSTRAINT consent_purpose_pkey PRIMARY KEY,
    title         jsonb       NOT NULL,
    description   jsonb,
    channels      text[]      NOT NULL,
    validity      text,
    double_opt_in boolean     NOT NULL,
    active        boolean     NOT NULL,
    version       bigint      NOT NULL,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    CONSTRAINT consent_purpose_key_is_a_slug CHECK (key ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(key) <= 64),
    CONSTRAINT consent_purpose_title_is_by_language CHECK (jsonb_typeof(title) = 'object' AND title <> '{}'),
    CONSTRAINT consent_purpose_description_is_by_language CHECK (jsonb_typeof(description) = 'object'),
    CONSTRAINT consent_purpose_covers_a_channel CHECK (cardinality(channels) BETWEEN 1 AND 50),
    CONSTRAINT consent_purpose_validity_is_a_period CHECK (validity ~ '^P([0-9]+Y)?([0-9]+M)?([0-9]+D)?$' AND validity <> 'P'),
    CONSTRAINT consent_purpose_version_is_positive CHECK (version >= 1)
);
