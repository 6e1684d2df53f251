-- Who is in which segment is data: managers make, change and retire segments while the service runs. The one row of
-- segment_epoch is held by whoever changes any of them, and its number tells every replica that one was changed.
CREATE TABLE segment (
    key           text        CONSTRAINT segment_pkey PRIMARY KEY,
    label         text        NOT NULL,
    description   text,
    condition     json        NOT NULL,
    reads_context boolean     NOT NULL,
    active        boolean     NOT NULL,
    version       bigint      NOT NULL,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    CONSTRAINT segment_key_is_a_slug CHECK (key ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(key) <= 64),
    CONSTRAINT segment_label_fits CHECK (char_length(label) BETWEEN 1 AND 200),
    CONSTRAINT segment_description_fits CHECK (char_length(description) BETWEEN 1 AND 1000),
    CONSTRAINT segment_version_is_positive CHECK (version >= 1)
);

CREATE TABLE segment_epoch (
    only_row           boolean CONSTRAINT segment_epoch_pkey PRIMARY KEY DEFAULT true,
    number             bigint  NOT NULL DEFAULT 0,
    context_generation integer NOT NULL,
    CONSTRAINT segment_epoch_has_one_row CHECK (only_row)
);
INSERT INTO segment_epoch (context_generation) SELECT live FROM projection WHERE name = 'context';

-- The attributes that a segment reads, each of the type that its conditions were made for: such a definition is not
-- deleted, and keeps its type.
ALTER TABLE attribute_definition ADD CONSTRAINT attribute_definition_has_one_type UNIQUE (name, type);
CREATE TABLE segment_attribute (
    segment text NOT NULL,
    name    text NOT NULL,
    type    text NOT NULL,
    CONSTRAINT segment_attribute_pkey PRIMARY KEY (segment, name),
    CONSTRAINT segment_attribute_is_of_a_segment FOREIGN KEY (segment) REFERENCES segment (key) ON DELETE CASCADE,
    CONSTRAINT segment_attribute_is_defined FOREIGN KEY (name, type) REFERENCES attribute_definition (name, type)
);
CREATE INDEX segment_attribute_by_name ON segment_attribute (name, type);

-- The segments that a segment refers to, which are not deleted. That they never run in a circle is more than a row can
-- say: whoever changes one holds segment_epoch, and looks.
CREATE TABLE segment_reference (
    segment   text NOT NULL,
    refers_to text NOT NULL,
    CONSTRAINT segment_reference_pkey PRIMARY KEY (segment, refers_to),
    CONSTRAINT segment_reference_is_of_a_segment FOREIGN KEY (segment) REFERENCES segment (key) ON DELETE CASCADE,
    CONSTRAINT segment_reference_is_to_a_segment FOREIGN KEY (refers_to) REFERENCES segment (key),
    CONSTRAINT segment_reference_is_to_another CHECK (segment <> refers_to)
);
CREATE INDEX segment_reference_incoming ON segment_reference (refers_to);

-- Segments whose members are being decided anew, from the first customer on. The fence is the transaction after which
-- nobody decides by what was before.
CREATE TABLE segment_build (
    segment        text        CONSTRAINT segment_build_pkey PRIMARY KEY,
    id             uuid        NOT NULL,
    started_at     timestamptz NOT NULL,
    fence          xid8,
    after_customer uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    decided        bigint      NOT NULL DEFAULT 0,
    CONSTRAINT segment_build_has_one_id UNIQUE (id),
    CONSTRAINT segment_build_is_of_a_segment FOREIGN KEY (segment) REFERENCES segment (key) ON DELETE CASCADE
);
