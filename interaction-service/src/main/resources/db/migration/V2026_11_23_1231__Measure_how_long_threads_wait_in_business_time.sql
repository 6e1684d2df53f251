-- Calendars and policies are one document, and each change of it a version: a clock names the version by which it was set.
CREATE TABLE clock_rules (
    version bigint      NOT NULL,
    rules   json        NOT NULL,
    at      timestamptz NOT NULL,
    actor   text        NOT NULL,
    -- Of two who change the same version, one does.
    CONSTRAINT clock_rules_are_changed_once PRIMARY KEY (version),
    CONSTRAINT clock_rules_are_bounded CHECK (octet_length(CAST(rules AS text)) <= 1000000)
);
INSERT INTO clock_rules (version, rules, at, actor) VALUES (1, '{"calendars": [], "policies": []}', now(), 'migration');
REVOKE UPDATE, DELETE ON clock_rules FROM ${application};

-- How long a thread waits for one thing. Ids, words from lists, figures and times.
CREATE TABLE thread_clock (
    customer_id   uuid        NOT NULL,
    id            uuid        NOT NULL,
    thread_id     uuid        NOT NULL,
    kind          text        NOT NULL,
    policy        text        NOT NULL,
    rules_version bigint      NOT NULL,
    target_ms     bigint      NOT NULL,
    started_at    timestamptz NOT NULL,
    -- When it began to run, or was paused or ended, the last time.
    changed_at    timestamptz NOT NULL,
    running       boolean     NOT NULL,
    -- Business time that it had run until then.
    used_ms       bigint      NOT NULL,
    -- When it runs out; none while it is paused, and of a calendar in which nobody works.
    due           timestamptz,
    breached_at   timestamptz,
    ended_at      timestamptz,
    PRIMARY KEY (customer_id, id),
    CONSTRAINT thread_clock_kind_is_known CHECK (kind IN ('FIRST_REPLY', 'NEXT_REPLY', 'SOLVE')),
    CONSTRAINT thread_clock_target_is_of_a_minute_to_366_days CHECK (target_ms BETWEEN 60000 AND 31622400000),
    CONSTRAINT thread_clock_has_run_for_no_negative_time CHECK (used_ms >= 0),
    CONSTRAINT thread_clock_is_due_while_it_runs CHECK (due IS NULL OR running),
    CONSTRAINT thread_clock_stands_still_at_its_end CHECK (ended_at IS NULL OR NOT running)
);
CREATE INDEX thread_clock_by_id ON thread_clock (id);
CREATE INDEX thread_clock_by_thread ON thread_clock (thread_id, id);
-- One that waits for a reply and one for the solution at most.
CREATE UNIQUE INDEX thread_clock_runs_once ON thread_clock (thread_id, (kind = 'SOLVE')) WHERE ended_at IS NULL;
REVOKE UPDATE, DELETE ON thread_clock FROM ${application};
GRANT UPDATE (changed_at, running, used_ms, due, breached_at, ended_at) ON thread_clock TO ${application};
