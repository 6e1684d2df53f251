-- Types, channels and touchpoints are made, changed and retired while the service runs. One that interactions name stays
-- for good: interactions have no foreign keys to these lists (each purchase would lock the one row PURCHASE), so whoever
-- records with a definition for the first time marks it as used, and only what is not used can be deleted.
ALTER TABLE interaction_type
    ADD COLUMN icon       text,
    ADD COLUMN schema     json,
    ADD COLUMN active     boolean     NOT NULL DEFAULT true,
    -- True for the rows of today: they are built in.
    ADD COLUMN used       boolean     NOT NULL DEFAULT true,
    ADD COLUMN version    bigint      NOT NULL DEFAULT 1,
    ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now(),
    ADD CONSTRAINT interaction_type_icon_is_a_slug CHECK (icon ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(icon) <= 64),
    ADD CONSTRAINT interaction_type_schema_is_an_object CHECK (json_typeof(schema) = 'object'),
    ADD CONSTRAINT interaction_type_version_is_positive CHECK (version >= 1);
ALTER TABLE interaction_type ALTER COLUMN used SET DEFAULT false;
UPDATE interaction_type SET icon = known.icon
FROM (VALUES ('PURCHASE', 'shopping-cart'), ('CANCELLATION', 'undo'), ('CALL', 'phone'), ('EMAIL', 'mail'),
             ('MESSAGE', 'message'), ('VISIT', 'store'), ('NOTE', 'note')) AS known (code, icon)
WHERE interaction_type.code = known.code;

ALTER TABLE channel
    ADD COLUMN active     boolean     NOT NULL DEFAULT true,
    ADD COLUMN used       boolean     NOT NULL DEFAULT true,
    ADD COLUMN version    bigint      NOT NULL DEFAULT 1,
    ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now(),
    ADD CONSTRAINT channel_version_is_positive CHECK (version >= 1);
ALTER TABLE channel ALTER COLUMN used SET DEFAULT false;

-- Touchpoints were any slug until now. Those that interactions name are registered as they are, and unknown ones are
-- refused from now on; what the version before records meanwhile under another slug is read like any other.
CREATE TABLE touchpoint (
    code       text        PRIMARY KEY,
    label      text        NOT NULL,
    active     boolean     NOT NULL DEFAULT true,
    used       boolean     NOT NULL DEFAULT false,
    version    bigint      NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT touchpoint_code_is_a_slug CHECK (code ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(code) <= 64),
    CONSTRAINT touchpoint_label_is_not_blank CHECK (btrim(label) <> ''),
    CONSTRAINT touchpoint_version_is_positive CHECK (version >= 1)
);
INSERT INTO touchpoint (code, label, used) VALUES
    ('advertisement',  'Advertisement',      true),
    ('product-page',   'Product page',       true),
    ('cart',           'Cart',               true),
    ('checkout',       'Checkout',           true),
    ('store-checkout', 'Checkout in a store', true),
    ('delivery',       'Delivery',           true),
    ('returns',        'Returns',            true),
    ('support',        'Support',            true);
INSERT INTO touchpoint (code, label, used)
SELECT DISTINCT touchpoint, touchpoint, true FROM interaction WHERE touchpoint IS NOT NULL
ON CONFLICT (code) DO NOTHING;

GRANT INSERT, DELETE ON interaction_type, channel, touchpoint TO ${application};
-- A code is in interactions and in the log: it never becomes another one.
REVOKE UPDATE ON touchpoint FROM ${application};
GRANT UPDATE (label, amount_sign, icon, schema, active, used, version, updated_at) ON interaction_type TO ${application};
GRANT UPDATE (label, active, used, version, updated_at) ON channel, touchpoint TO ${application};
