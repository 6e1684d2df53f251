-- As if somebody else deleted each row at once.
CREATE FUNCTION test_vanish() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER test_vanish BEFORE INSERT ON consumer_progress
    FOR EACH ROW WHEN (NEW.consumer = 'vanishing') EXECUTE FUNCTION test_vanish();
