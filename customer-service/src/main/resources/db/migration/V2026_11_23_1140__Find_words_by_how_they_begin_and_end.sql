-- A word with one typo has the beginning or the end of the one that was meant, and nearly its length: both are ranges of
-- a few words, where those that share trigrams with a short word are a good part of all. By trigrams longer words are
-- found, which may have two typos.
CREATE INDEX search_word_by_beginning ON search_word (char_length(word), word);
CREATE INDEX search_word_by_end ON search_word (char_length(word), reverse(word));
