-- Who served, how it felt and what it came to: ids of ours, words from lists and figures, which stay like the fact.
ALTER TABLE interaction
    ADD COLUMN employee    text,
    ADD COLUMN team        text,
    -- From an emotion to how strong it was; each at most once, as an object has it.
    ADD COLUMN emotions    jsonb,
    ADD COLUMN outcome     text,
    ADD COLUMN duration_ms bigint,
    ADD COLUMN wait_ms     bigint,
    ADD CONSTRAINT interaction_employee_is_a_slug CHECK (employee ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(employee) <= 64),
    ADD CONSTRAINT interaction_team_is_a_slug CHECK (team ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(team) <= 64),
    ADD CONSTRAINT interaction_emotions_are_known CHECK (
        CASE WHEN jsonb_typeof(emotions) = 'object'
            THEN emotions <> '{}'
                AND emotions - ARRAY['JOY', 'TRUST', 'SURPRISE', 'SADNESS', 'FEAR', 'ANGER', 'DISGUST'] = '{}'
            ELSE emotions IS NULL
        END),
    ADD CONSTRAINT interaction_emotions_are_of_1_to_100 CHECK (
        NOT jsonb_path_exists(emotions, 'strict $.* ? (@.type() != "number" || @ < 1 || @ > 100 || @.floor() != @)')),
    ADD CONSTRAINT interaction_outcome_is_known CHECK (outcome IN
        ('SOLVED', 'PARTLY_SOLVED', 'NOT_SOLVED', 'FORWARDED', 'AGREED', 'DECLINED', 'NOT_REACHED')),
    ADD CONSTRAINT interaction_duration_is_of_30_days_at_most CHECK (duration_ms BETWEEN 0 AND 2592000000),
    ADD CONSTRAINT interaction_wait_is_of_366_days_at_most CHECK (wait_ms BETWEEN 0 AND 31622400000);

-- What may name a person stands beside the words, and is cleared with them.
ALTER TABLE interaction_text
    ADD COLUMN reference_kind text,
    ADD COLUMN reference      text,
    ADD COLUMN device         text,
    ADD COLUMN place          text,
    ADD COLUMN attributes     json,
    ADD CONSTRAINT interaction_text_reference_has_a_kind CHECK ((reference_kind IS NULL) = (reference IS NULL)),
    ADD CONSTRAINT interaction_text_reference_kind_is_known CHECK (reference_kind IN ('ORDER', 'INVOICE', 'TICKET')),
    ADD CONSTRAINT interaction_text_reference_is_bounded CHECK (length(reference) BETWEEN 1 AND 200),
    ADD CONSTRAINT interaction_text_device_is_bounded CHECK (length(device) BETWEEN 1 AND 200),
    ADD CONSTRAINT interaction_text_place_is_bounded CHECK (length(place) BETWEEN 1 AND 200),
    ADD CONSTRAINT interaction_text_attributes_are_an_object
        CHECK (json_typeof(attributes) = 'object' AND octet_length(CAST(attributes AS text)) <= 10000);
