-- From where the step before stopped, by the primary key: what is cleared already is not looked at again.
DROP FUNCTION clear_interaction_references(uuid, integer);

-- Looks at so many of a customer's interactions at most, those with a greater id than the one given, in the order of
-- ids, and clears their references. Answers the last one's id; NULL when there are no more.
CREATE FUNCTION clear_interaction_references(customer uuid, reached uuid, most integer) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    held record;
    seen integer := 0;
    last_seen uuid;
BEGIN
    -- Row by row, each by its primary key: joined, many rows of one customer were compared with each other.
    FOR held IN
        SELECT f.id, f.source, f.source_id FROM interaction AS f
        WHERE f.customer_id = customer AND f.id > reached ORDER BY f.id LIMIT most
    LOOP
        IF held.source_id IS NOT NULL THEN
            DELETE FROM interaction_claim AS c WHERE c.source = held.source AND c.source_id = held.source_id;
            UPDATE interaction AS f SET source_id = NULL WHERE f.customer_id = customer AND f.id = held.id;
        END IF;
        seen := seen + 1;
        last_seen := held.id;
    END LOOP;
    RETURN CASE WHEN seen = most THEN last_seen END;
END
$$;
REVOKE ALL ON FUNCTION clear_interaction_references FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clear_interaction_references TO ${application};
