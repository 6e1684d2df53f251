-- What an interaction can be is data: a new type or channel is a row. Rows come by migration and stay for good, for
-- interactions name them.
CREATE TABLE interaction_type (
    code        text     PRIMARY KEY,
    label       text     NOT NULL,
    -- 1: an amount of 0 or more, -1: of 0 or less, 0: no amount at all.
    amount_sign smallint NOT NULL,
    CONSTRAINT interaction_type_code_is_a_word CHECK (code ~ '^[A-Z][A-Z0-9_]{0,39}$'),
    CONSTRAINT interaction_type_label_is_not_blank CHECK (btrim(label) <> ''),
    CONSTRAINT interaction_type_amount_sign_is_known CHECK (amount_sign IN (-1, 0, 1))
);
INSERT INTO interaction_type (code, label, amount_sign) VALUES
    ('PURCHASE',     'Purchase',     1),
    ('CANCELLATION', 'Cancellation', -1),
    ('CALL',         'Call',         0),
    ('EMAIL',        'E-mail',       0),
    ('MESSAGE',      'Message',      0),
    ('VISIT',        'Visit',        0),
    ('NOTE',         'Note',         0);

CREATE TABLE channel (
    code  text PRIMARY KEY,
    label text NOT NULL,
    CONSTRAINT channel_code_is_a_word CHECK (code ~ '^[A-Z][A-Z0-9_]{0,39}$'),
    CONSTRAINT channel_label_is_not_blank CHECK (btrim(label) <> '')
);
INSERT INTO channel (code, label) VALUES
    ('WEB',    'Web site'),
    ('APP',    'App'),
    ('STORE',  'Store'),
    ('PHONE',  'Phone'),
    ('EMAIL',  'E-mail'),
    ('CHAT',   'Chat'),
    ('SMS',    'Text message'),
    ('SOCIAL', 'Social media'),
    ('LETTER', 'Letter');

REVOKE INSERT, UPDATE, DELETE ON interaction_type, channel FROM ${application};
