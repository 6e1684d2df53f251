-- What was said of a consent, once and for good: given, confirmed or withdrawn, for one purpose on one channel. What holds
-- at a time is the fold of these rows (ConsentFold). Ids, words from lists and times only, so that it outlives an erasure
-- as the proof of what was allowed.
CREATE TABLE consent_record (
    customer_id        uuid        NOT NULL,
    id                 uuid        NOT NULL,
    purpose            text        NOT NULL,
    channel            text        NOT NULL,
    kind               text        NOT NULL,
    occurred_at        timestamptz NOT NULL,
    recorded_at        timestamptz NOT NULL,
    valid_until        timestamptz,
    needs_confirmation boolean     NOT NULL,
    confirms           uuid,
    source             text        NOT NULL,
    text_version       text,
    CONSTRAINT consent_record_pkey PRIMARY KEY (customer_id, id),
    CONSTRAINT consent_record_has_a_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    -- Refuses to delete a purpose that anybody has said something of. Who records holds the purpose's row before.
    CONSTRAINT consent_record_has_a_purpose FOREIGN KEY (purpose) REFERENCES consent_purpose (key),
    CONSTRAINT consent_record_confirms_one_of_its_customer
        FOREIGN KEY (customer_id, confirms) REFERENCES consent_record (customer_id, id),
    CONSTRAINT consent_record_channel_is_a_word CHECK (channel ~ '^[A-Z][A-Z0-9_]{0,39}$'),
    CONSTRAINT consent_record_kind_is_known CHECK (kind IN ('GIVEN', 'CONFIRMED', 'WITHDRAWN')),
    CONSTRAINT consent_record_occurred_in_living_memory CHECK (occurred_at >= '1900-01-01T00:00:00Z'),
    CONSTRAINT consent_record_occurred_before_it_was_recorded CHECK (occurred_at <= recorded_at),
    CONSTRAINT consent_record_only_a_giving_ends CHECK (kind = 'GIVEN' OR valid_until IS NULL),
    CONSTRAINT consent_record_ends_after_it_began CHECK (valid_until > occurred_at),
    CONSTRAINT consent_record_only_a_giving_is_confirmed CHECK (kind = 'GIVEN' OR NOT needs_confirmation),
    CONSTRAINT consent_record_confirms_when_it_says_so CHECK ((kind = 'CONFIRMED') = (confirms IS NOT NULL)),
    CONSTRAINT consent_record_source_is_a_name CHECK (source ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    CONSTRAINT consent_record_giving_has_a_text CHECK (kind <> 'GIVEN' OR text_version IS NOT NULL),
    CONSTRAINT consent_record_text_version_is_a_label CHECK (text_version ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$')
);
CREATE INDEX consent_record_by_id ON consent_record (id);
-- What a check reads: all of one customer, purpose and channel.
CREATE INDEX consent_record_by_matter ON consent_record (customer_id, purpose, channel);
-- The history, newest first.
CREATE INDEX consent_record_history ON consent_record (customer_id, recorded_at DESC, id DESC);
-- By which a purpose that is to be deleted finds out that it is in use.
CREATE INDEX consent_record_by_purpose ON consent_record (purpose);
CREATE UNIQUE INDEX consent_record_is_confirmed_once ON consent_record (customer_id, confirms)
    WHERE kind = 'CONFIRMED';

-- Who recorded it. Beside the facts, because it may name a person: cleared by erasure without touching them.
CREATE TABLE consent_record_actor (
    customer_id    uuid NOT NULL,
    record_id      uuid NOT NULL,
    actor          text NOT NULL,
    correlation_id text,
    CONSTRAINT consent_record_actor_pkey PRIMARY KEY (customer_id, record_id),
    CONSTRAINT consent_record_actor_belongs_to_a_record
        FOREIGN KEY (customer_id, record_id) REFERENCES consent_record (customer_id, id)
);

REVOKE UPDATE, DELETE ON consent_record FROM ${application};
REVOKE UPDATE ON consent_record_actor FROM ${application};
