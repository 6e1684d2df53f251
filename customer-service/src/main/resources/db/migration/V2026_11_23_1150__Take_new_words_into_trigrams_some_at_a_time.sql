-- Each new word went into some ten lists of trigrams by itself, which is a third of what an import makes the database do.
-- Now new words wait beside the index, in 64 kB at most, which is some three hundred words: whoever looks for a word with
-- two typos reads them, too, and whoever adds the one too many takes all of them into the lists.
ALTER INDEX search_word_trigrams SET (fastupdate = on, gin_pending_list_limit = 64);
