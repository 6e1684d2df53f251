-- An order number names a person to whoever holds the order, and a hash of it can be guessed as easily. So an erasure
-- clears it, and with it the claim that holds it once more. The service gets no right to change or remove anything
-- else: this function runs with the owner's rights, and clears only.
ALTER TABLE interaction ALTER COLUMN source_id DROP NOT NULL;

-- Clears so many of a customer's references at most, and answers how many.
CREATE FUNCTION clear_interaction_references(customer uuid, most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    held record;
    cleared bigint := 0;
BEGIN
    -- Row by row, each by its primary key: joined, many rows of one customer were compared with each other.
    FOR held IN
        SELECT f.id, f.source, f.source_id FROM interaction AS f
        WHERE f.customer_id = customer AND f.source_id IS NOT NULL LIMIT most
    LOOP
        DELETE FROM interaction_claim AS c WHERE c.source = held.source AND c.source_id = held.source_id;
        UPDATE interaction AS f SET source_id = NULL WHERE f.customer_id = customer AND f.id = held.id;
        cleared := cleared + 1;
    END LOOP;
    RETURN cleared;
END
$$;
REVOKE ALL ON FUNCTION clear_interaction_references FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clear_interaction_references TO ${application};
