-- From where the step before stopped, by the primary key: what is cleared already is not looked at again.
DROP FUNCTION clear_feedback_references(uuid, integer);

-- Looks at so much of a customer's feedback at most, that with a greater id than the one given, in the order of ids, and
-- clears its references. Answers the last one's id; NULL when there is no more.
CREATE FUNCTION clear_feedback_references(customer uuid, reached uuid, most integer) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    held record;
    seen integer := 0;
    last_seen uuid;
BEGIN
    -- Row by row, each by its primary key: joined, many rows of one customer were compared with each other.
    FOR held IN
        SELECT f.id, f.source, f.source_id FROM feedback AS f
        WHERE f.customer_id = customer AND f.id > reached ORDER BY f.id LIMIT most
    LOOP
        IF held.source_id IS NOT NULL THEN
            DELETE FROM feedback_claim AS c WHERE c.source = held.source AND c.source_id = held.source_id;
            UPDATE feedback AS f SET source = NULL, source_id = NULL WHERE f.customer_id = customer AND f.id = held.id;
        END IF;
        seen := seen + 1;
        last_seen := held.id;
    END LOOP;
    RETURN CASE WHEN seen = most THEN last_seen END;
END
$$;
REVOKE ALL ON FUNCTION clear_feedback_references FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clear_feedback_references TO ${application};
