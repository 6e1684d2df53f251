-- It ended without what it waited for: that went to another thread.
ALTER TABLE thread_clock
    ADD COLUMN dropped boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT thread_clock_is_dropped_at_its_end CHECK (ended_at IS NOT NULL OR NOT dropped);
GRANT UPDATE (dropped) ON thread_clock TO ${application};
