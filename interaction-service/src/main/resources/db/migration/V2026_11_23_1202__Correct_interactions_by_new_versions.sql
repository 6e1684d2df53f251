-- A correction makes a new version; what it replaces stays readable beside the newest one, which the timeline reads as
-- before. What others have reckoned with (customer, type, channel, direction, amount, time) is the same in all versions.
ALTER TABLE interaction
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD CONSTRAINT interaction_is_corrected_10_times_at_most CHECK (version BETWEEN 1 AND 11);

CREATE TABLE interaction_version (
    customer_id    uuid        NOT NULL,
    interaction_id uuid        NOT NULL,
    version        integer     NOT NULL,
    -- When the version after it replaced it.
    replaced_at    timestamptz NOT NULL,
    touchpoint     text,
    employee       text,
    team           text,
    emotions       jsonb,
    outcome        text,
    duration_ms    bigint,
    wait_ms        bigint,
    -- Of two who correct the same version, one does.
    CONSTRAINT interaction_version_is_replaced_once PRIMARY KEY (customer_id, interaction_id, version),
    CONSTRAINT interaction_version_belongs_to_an_interaction
        FOREIGN KEY (customer_id, interaction_id) REFERENCES interaction (customer_id, id)
);
REVOKE INSERT, UPDATE, DELETE ON interaction_version FROM ${application};

-- What people said of it, and why and by whom it was replaced: cleared by erasure without touching the figures.
CREATE TABLE interaction_version_text (
    customer_id    uuid    NOT NULL,
    interaction_id uuid    NOT NULL,
    version        integer NOT NULL,
    reason         text    NOT NULL,
    actor          text    NOT NULL,
    subject        text,
    text           text,
    reference_kind text,
    reference      text,
    device         text,
    place          text,
    attributes     json,
    PRIMARY KEY (customer_id, interaction_id, version),
    CONSTRAINT interaction_version_text_belongs_to_a_version
        FOREIGN KEY (customer_id, interaction_id, version) REFERENCES interaction_version (customer_id, interaction_id, version),
    CONSTRAINT interaction_version_text_reason_is_bounded CHECK (length(reason) BETWEEN 1 AND 500)
);
REVOKE UPDATE ON interaction_version_text FROM ${application};

-- With the owner's rights: keeps what it replaces, and changes nothing but what a correction may. Answers whether that
-- version was the newest.
CREATE FUNCTION correct_interaction(
    customer uuid, interaction uuid, corrected integer, at timestamptz, new_touchpoint text, new_employee text, new_team text,
    new_emotions jsonb, new_outcome text, new_duration bigint, new_wait bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    -- No more of the row than the UPDATE below: what refers to the interaction locks it before the customer, whom a
    -- correction has locked by now, and they would wait in a circle.
    PERFORM FROM interaction AS f WHERE f.customer_id = customer AND f.id = interaction AND f.version = corrected
    FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO interaction_version (customer_id, interaction_id, version, replaced_at,
                                     touchpoint, employee, team, emotions, outcome, duration_ms, wait_ms)
    SELECT f.customer_id, f.id, f.version, at, f.touchpoint, f.employee, f.team, f.emotions, f.outcome, f.duration_ms, f.wait_ms
    FROM interaction AS f WHERE f.customer_id = customer AND f.id = interaction;
    UPDATE interaction AS f
    SET version = f.version + 1, touchpoint = new_touchpoint, employee = new_employee, team = new_team,
        emotions = new_emotions, outcome = new_outcome, duration_ms = new_duration, wait_ms = new_wait
    WHERE f.customer_id = customer AND f.id = interaction;
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION correct_interaction FROM PUBLIC;
GRANT EXECUTE ON FUNCTION correct_interaction TO ${application};
