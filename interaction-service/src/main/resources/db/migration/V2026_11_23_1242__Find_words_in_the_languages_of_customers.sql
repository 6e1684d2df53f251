-- A projection of the profiles: which language each customer speaks.
CREATE TABLE customer_language_by_generation (
    generation  integer NOT NULL,
    customer_id uuid    NOT NULL,
    language    text    NOT NULL,
    PRIMARY KEY (generation, customer_id)
);
CREATE VIEW customer_language AS
    SELECT customer_id, language FROM customer_language_by_generation
    WHERE generation = (SELECT live FROM projection WHERE name = 'language');
INSERT INTO projection (name) VALUES ('language');

-- The language that the customer spoke when the words were written. Nothing in it: their forms are not known.
ALTER TABLE interaction_text ADD COLUMN language text;

-- How PostgreSQL calls a language, by its code of BCP 47; those that it does not know have words and no forms.
CREATE FUNCTION search_configuration(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE split_part(lower(language), '-', 1)
    WHEN 'ar' THEN CAST('pg_catalog.arabic' AS regconfig)
    WHEN 'ca' THEN CAST('pg_catalog.catalan' AS regconfig)
    WHEN 'da' THEN CAST('pg_catalog.danish' AS regconfig)
    WHEN 'de' THEN CAST('pg_catalog.german' AS regconfig)
    WHEN 'el' THEN CAST('pg_catalog.greek' AS regconfig)
    WHEN 'en' THEN CAST('pg_catalog.english' AS regconfig)
    WHEN 'es' THEN CAST('pg_catalog.spanish' AS regconfig)
    WHEN 'eu' THEN CAST('pg_catalog.basque' AS regconfig)
    WHEN 'fi' THEN CAST('pg_catalog.finnish' AS regconfig)
    WHEN 'fr' THEN CAST('pg_catalog.french' AS regconfig)
    WHEN 'ga' THEN CAST('pg_catalog.irish' AS regconfig)
    WHEN 'hi' THEN CAST('pg_catalog.hindi' AS regconfig)
    WHEN 'hu' THEN CAST('pg_catalog.hungarian' AS regconfig)
    WHEN 'hy' THEN CAST('pg_catalog.armenian' AS regconfig)
    WHEN 'id' THEN CAST('pg_catalog.indonesian' AS regconfig)
    WHEN 'it' THEN CAST('pg_catalog.italian' AS regconfig)
    WHEN 'lt' THEN CAST('pg_catalog.lithuanian' AS regconfig)
    WHEN 'nb' THEN CAST('pg_catalog.norwegian' AS regconfig)
    WHEN 'ne' THEN CAST('pg_catalog.nepali' AS regconfig)
    WHEN 'nl' THEN CAST('pg_catalog.dutch' AS regconfig)
    WHEN 'nn' THEN CAST('pg_catalog.norwegian' AS regconfig)
    WHEN 'no' THEN CAST('pg_catalog.norwegian' AS regconfig)
    WHEN 'pt' THEN CAST('pg_catalog.portuguese' AS regconfig)
    WHEN 'ro' THEN CAST('pg_catalog.romanian' AS regconfig)
    WHEN 'ru' THEN CAST('pg_catalog.russian' AS regconfig)
    WHEN 'sr' THEN CAST('pg_catalog.serbian' AS regconfig)
    WHEN 'sv' THEN CAST('pg_catalog.swedish' AS regconfig)
    WHEN 'ta' THEN CAST('pg_catalog.tamil' AS regconfig)
    WHEN 'tr' THEN CAST('pg_catalog.turkish' AS regconfig)
    WHEN 'yi' THEN CAST('pg_catalog.yiddish' AS regconfig)
    ELSE CAST('pg_catalog.simple' AS regconfig)
END;

-- What the words are taken from, so that it takes no longer than the text is long, for PostgreSQL cannot be interrupted at it:
-- from each '<' on it would look for the end of a tag to the end of the text, and from each '_' or '~' for that of a host
-- or path to the end of what stands together, which for 100 kB without a space takes minutes.
CREATE FUNCTION interaction_said(subject text, said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(translate(coalesce(subject, '') || E'\n' || coalesce(said, ''), '<', ' '), '\S{100}', '\& ', 'g');

-- The words as they are, their forms in the language, and the customer as a word that nobody can say: with it, what is
-- common to all customers is looked for among those of one.
CREATE FUNCTION interaction_words(customer uuid, language text, subject text, said text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_to_tsvector(ARRAY['#' || CAST(customer AS text)])
    || to_tsvector('pg_catalog.simple', interaction_said(subject, said))
    -- The last word as it is does not stand beside the first form.
    || CAST('''#'':1' AS tsvector)
    || CASE WHEN language IS NULL THEN CAST('' AS tsvector)
            ELSE to_tsvector(search_configuration(language), interaction_said(subject, said)) END;

CREATE FUNCTION note_language() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    NEW.language := (SELECT l.language FROM customer_language AS l WHERE l.customer_id = NEW.customer_id);
    RETURN NEW;
END
$$;
-- Whoever writes words: one interaction, many, or a correction.
CREATE TRIGGER interaction_text_notes_the_language BEFORE INSERT OR UPDATE ON interaction_text
    FOR EACH ROW EXECUTE FUNCTION note_language();

CREATE INDEX interaction_text_words ON interaction_text USING gin (interaction_words(customer_id, language, subject, text))
    -- What was written last is looked through as it is: no more of it than this, in kB.
    WITH (gin_pending_list_limit = 1024)
    WHERE subject IS NOT NULL OR text IS NOT NULL;
