-- Comes with PostgreSQL and is trusted: the owner of a database may add it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- What each customer is found by, in the one form of FoldedText: words of names, tags and e-mail addresses, whole
-- e-mail addresses, digits of phone numbers, external ids. Written in the transaction that writes the customer's version.
CREATE TABLE search_term (
    customer_id uuid NOT NULL,
    term        text COLLATE "C" NOT NULL,
    CONSTRAINT search_term_pkey PRIMARY KEY (customer_id, term),
    CONSTRAINT search_term_fits CHECK (char_length(term) BETWEEN 1 AND 254)
);
-- Customers of a term in the order of their ids, from the index alone.
CREATE INDEX search_term_customers ON search_term (term, customer_id);

-- Each word that a customer may be found by with a typo, once, however many have it: so what is looked through by
-- trigrams grows with the language, not with the customers. Whoever adds or takes away a word of a customer holds the
-- advisory lock of that word, so that one leaves with its last customer and never before. The shape is the word with an
-- ASCII letter in place of each other one: trigrams see only letters that the database's locale knows.
CREATE TABLE search_word (
    word  text COLLATE "C" CONSTRAINT search_word_pkey PRIMARY KEY,
    shape text COLLATE "C" NOT NULL,
    CONSTRAINT search_word_fits CHECK (char_length(word) BETWEEN 3 AND 64)
);
-- With the length, since words that share a trigram are many, and most of them too long or too short.
CREATE INDEX search_word_trigrams ON search_word USING gin (shape gin_trgm_ops, (ARRAY[char_length(word)]))
    WITH (fastupdate = off);

-- Customers of a contact point, whichever way they are asked for.
CREATE INDEX contact_point_by_value ON contact_point (value, customer_id) WHERE value IS NOT NULL;

-- Those who are here already, nearly as the service folds text: it does so exactly when one of their terms changes.
INSERT INTO search_term (customer_id, term)
SELECT DISTINCT id, left(word, 64)
FROM customer c
CROSS JOIN LATERAL (
    SELECT concat_ws(' ', c.display_name, c.given_name, c.family_name, c.address_as, array_to_string(c.tags, ' '),
        (SELECT string_agg(split_part(p.value, '@', 1), ' ') FROM contact_point p
         WHERE p.customer_id = c.id AND p.kind = 'EMAIL'),
        (SELECT string_agg(i.external_id, ' ') FROM customer_identity i
         WHERE i.customer_id = c.id AND i.source <> 'login')) AS text) AS known
CROSS JOIN LATERAL regexp_split_to_table(
    normalize(regexp_replace(normalize(lower(text), NFKD), '[\u0300-\u036f''’]', '', 'g'), NFC), '[^[:alnum:]]+') AS word
WHERE status = 'ACTIVE' AND word <> ''
UNION
SELECT p.customer_id, ltrim(p.value, '+') FROM contact_point p JOIN customer c ON c.id = p.customer_id
WHERE p.kind IN ('EMAIL', 'PHONE') AND c.status = 'ACTIVE'
UNION
SELECT i.customer_id, lower(regexp_replace(i.external_id, '[^[:alnum:]]', '', 'g'))
FROM customer_identity i JOIN customer c ON c.id = i.customer_id
WHERE i.source <> 'login' AND c.status = 'ACTIVE' AND i.external_id ~ '[[:alnum:]]';

INSERT INTO search_word (word, shape)
SELECT w.term, (
    SELECT string_agg(CASE WHEN letter ~ '^[a-z]$' THEN letter ELSE chr(97 + ascii(letter) % 26) END, '' ORDER BY place)
    FROM regexp_split_to_table(w.term, '') WITH ORDINALITY AS l (letter, place))
FROM (SELECT DISTINCT term FROM search_term WHERE char_length(term) BETWEEN 3 AND 64 AND term !~ '[0-9@]') w;
