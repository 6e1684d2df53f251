-- Programmes are data. In this version they change by migration only, so the application may read them and no more.
CREATE TABLE programme (
    code text CONSTRAINT programme_pkey PRIMARY KEY,
    version integer NOT NULL,
    points_per_unit bigint NOT NULL,
    CONSTRAINT programme_code_is_a_slug CHECK (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(code) <= 64),
    CONSTRAINT programme_version_is_positive CHECK (version > 0),
    CONSTRAINT programme_points_per_unit_are_positive CHECK (points_per_unit > 0)
);

CREATE TABLE tier (
    programme text NOT NULL CONSTRAINT tier_belongs_to_a_programme REFERENCES programme,
    code text NOT NULL,
    qualifying_points bigint NOT NULL,
    CONSTRAINT tier_pkey PRIMARY KEY (programme, code),
    CONSTRAINT tier_thresholds_differ UNIQUE (programme, qualifying_points),
    CONSTRAINT tier_code_is_a_constant CHECK (code ~ '^[A-Z][A-Z0-9_]*$' AND length(code) <= 64),
    CONSTRAINT tier_qualifying_points_are_not_negative CHECK (qualifying_points >= 0)
);

REVOKE INSERT, UPDATE, DELETE ON programme, tier FROM ${application};

INSERT INTO programme (code, version, points_per_unit) VALUES ('default', 1, 1);

INSERT INTO tier (programme, code, qualifying_points)
VALUES ('default', 'BASE', 0), ('default', 'SILVER', 500), ('default', 'GOLD', 2000);
