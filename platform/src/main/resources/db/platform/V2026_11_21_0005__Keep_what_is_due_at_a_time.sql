CREATE TABLE timer (
    kind       text,
    subject    uuid,
    due        timestamptz,
    not_before timestamptz, -- a timer whose action failed is left alone until then
    PRIMARY KEY (kind, subject, due)
);
CREATE INDEX timer_by_due ON timer (due);
