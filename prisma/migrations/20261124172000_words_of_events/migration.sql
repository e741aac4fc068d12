SET LOCAL lock_timeout = '5s';

-- Every word that titles and tags of events have used, so that a misspelt one can be put right in a list of some hundred
-- thousand words instead of being compared with millions of titles. Words are not taken out: one that no event uses any
-- more leads to nothing.
CREATE TABLE "search_words" (
    "word" TEXT NOT NULL,

    CONSTRAINT "search_words_pkey" PRIMARY KEY ("word")
);
CREATE INDEX "search_words_word_trgm_idx" ON "search_words" USING GIN ("word" gin_trgm_ops);

CREATE FUNCTION public.plain_words(value text) RETURNS SETOF text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$
    SELECT DISTINCT word FROM regexp_split_to_table(public.immutable_unaccent(lower(value)), '[^[:alnum:]]+') AS word
    WHERE char_length(word) BETWEEN 3 AND 40
  $$;

-- In one order, so that two events with the same new words wait for each other, not both.
CREATE FUNCTION public.keep_search_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_words (word)
    SELECT word FROM plain_words(NEW.title || ' ' || immutable_join(NEW.tags)) AS word
    WHERE NOT EXISTS (SELECT FROM search_words AS known WHERE known.word = word.word)
    ORDER BY word
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER "events_search_words" AFTER INSERT OR UPDATE OF title, tags ON "events"
  FOR EACH ROW EXECUTE FUNCTION keep_search_words();

INSERT INTO search_words (word) SELECT DISTINCT word FROM events, plain_words(title || ' ' || immutable_join(tags)) AS word;
