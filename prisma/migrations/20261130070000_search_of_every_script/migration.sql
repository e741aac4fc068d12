SET LOCAL lock_timeout = '5s';

-- English endings, without a list of words that are left out: "The Who" and "to be or not to be" are made of such.
CREATE TEXT SEARCH DICTIONARY public.rally_stem (TEMPLATE = pg_catalog.snowball, Language = 'english');
ALTER TEXT SEARCH CONFIGURATION public.rally_search
  ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH public.unaccent, public.rally_stem;

-- The words of a text, apart. What PostgreSQL's parser would take together (links, addresses, hyphened words, numbers
-- with a sign) is taken apart; what is invisible is left out; emoji and other symbols become words, `x` and their code.
-- In scripts without spaces between words (Han, kana, Hangul, Thai, Lao, Myanmar, Khmer) each letter is written twice
-- and cut between the two: 上海东 becomes 上 上海 海东 东, so that any part of a sentence is found by its pairs.
CREATE FUNCTION public.search_text(value text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
  AS $$
DECLARE
  plain text := normalize(value, NFKC);
  symbol text;
BEGIN
  plain := regexp_replace(plain, '[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]', '', 'g');
  IF plain ~ '[\u20a0-\u20bf\u20e3\u2190-\u2bff\U0001f000-\U0001faff\U000e0020-\U000e007f]' THEN
    FOR symbol IN SELECT DISTINCT matched[1] FROM regexp_matches(plain, '[\u20a0-\u20bf\u20e3\u2190-\u2bff\U0001f000-\U0001faff\U000e0020-\U000e007f]', 'g') AS matched
    LOOP
      plain := replace(plain, symbol, ' x' || to_hex(ascii(symbol)) || ' ');
    END LOOP;
  END IF;
  IF plain ~ '[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u302f\u3031-\u30fa\u30fc-\u30ff\u3100-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]' THEN
    plain := regexp_replace(plain, '([\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u302f\u3031-\u30fa\u30fc-\u30ff\u3100-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]+)', ' \1 ', 'g');
    plain := regexp_replace(plain, '([\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u302f\u3031-\u30fa\u30fc-\u30ff\u3100-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff])', '\1 \1', 'g');
  END IF;
  RETURN regexp_replace(plain, '[-+./@&<_~’‐‑·・。、]', ' ', 'g');
END $$;

-- Numbers that are written in groups, such as +880 1712-345678, in one piece.
CREATE FUNCTION public.search_numbers(value text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$
    SELECT coalesce(' ' || string_agg(regexp_replace(matched[1], '[^0-9]', '', 'g'), ' '), '')
    FROM regexp_matches(value, '([0-9](?:[-() ./]{0,2}[0-9]){6,17})', 'g') AS matched
  $$;

-- A text as it is searched. Not STRICT and in one expression, so that the planner puts it in place of the call; text in
-- ASCII alone, the most frequent, needs no function of ours.
CREATE FUNCTION public.search_document(value text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$
    SELECT to_tsvector('public.rally_search',
      CASE WHEN octet_length(value) = char_length(value) THEN translate(value, '-+./@&<_~', '         ') ELSE public.search_text(value) END
      || CASE WHEN value ~ '[0-9][-() ./]{1,2}[0-9]' THEN public.search_numbers(value) ELSE '' END)
  $$;

-- Words that stand side by side in this order; null when there are none. A letter of a script without spaces that a pair
-- says already is dropped; a last one that no pair says is looked for as the beginning of a pair.
CREATE FUNCTION public.search_phrase(value text) RETURNS tsquery
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
  AS $$
DECLARE
  letter CONSTANT text := '^[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u302f\u3031-\u30fa\u30fc-\u30ff\u3100-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]$';
  plain text := translate(public.search_text(value), '!"#$%''()*,:;=>?[\]^`{|}', repeat(' ', 23));
  words text[] := regexp_split_to_array(btrim(plain, E' \t\r\n'), '\s+');
BEGIN
  IF words[1] = '' THEN
    RETURN NULL;
  END IF;
  IF words[1] ~ letter AND starts_with(words[2], words[1]) THEN
    words := words[2:];
  END IF;
  IF words[cardinality(words)] ~ letter AND right(words[cardinality(words) - 1], 1) = words[cardinality(words)] THEN
    words := words[:cardinality(words) - 1];
  END IF;
  IF words[cardinality(words)] ~ letter THEN
    words[cardinality(words)] := words[cardinality(words)] || ':*';
  END IF;
  RETURN nullif(to_tsquery('public.rally_search', array_to_string(words, ' <-> ')), ''::tsquery);
END $$;

-- Looked-for words as a query: `these words`, `"a phrase"`, `-without`, `this or that`. Exclusions alone would find
-- nearly everything, so then they are taken as words.
CREATE FUNCTION public.search_query(value text) RETURNS tsquery
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
  AS $$
DECLARE
  part record;
  phrase tsquery;
  together tsquery;
  alternatives tsquery;
  excluded tsquery;
BEGIN
  FOR part IN
    SELECT matched[1] = '-' AS is_excluded, coalesce(matched[2], matched[3]) AS words,
      matched[1] = '' AND lower(matched[3]) = 'or' AS is_or
    FROM regexp_matches(value, '(-?)(?:"([^"]*)"?|([^\s"]+))', 'g') AS matched
  LOOP
    IF part.is_or AND together IS NOT NULL THEN
      alternatives := coalesce(alternatives || together, together);
      together := NULL;
      CONTINUE;
    END IF;
    phrase := public.search_phrase(part.words);
    CONTINUE WHEN phrase IS NULL;
    IF part.is_excluded THEN
      excluded := coalesce(excluded || phrase, phrase);
    ELSE
      together := coalesce(together && phrase, phrase);
    END IF;
  END LOOP;
  alternatives := coalesce(alternatives || together, alternatives, together);
  RETURN coalesce(alternatives && !!excluded, alternatives, excluded, ''::tsquery);
END $$;

-- Every text that is searched, by the one rule above. Tables are rewritten; their indexes are built anew with them.
ALTER TABLE "announcements" ALTER COLUMN "search" SET EXPRESSION AS (
  setweight(search_document(coalesce(title, '')), 'A') ||
  setweight(search_document(coalesce(body, '')), 'C'));
ALTER TABLE "faqs" ALTER COLUMN "search" SET EXPRESSION AS (
  setweight(search_document(coalesce(question, '')), 'A') ||
  setweight(search_document(coalesce(answer, '')), 'C'));
ALTER TABLE "support_tickets" ALTER COLUMN "search" SET EXPRESSION AS (
  setweight(search_document(coalesce(subject, '')), 'A') ||
  setweight(search_document(coalesce(body, '')), 'C'));
ALTER TABLE "ticket_responses" ALTER COLUMN "search" SET EXPRESSION AS (
  setweight(search_document(coalesce(body, '')), 'C'));
ALTER TABLE "event_categories" ALTER COLUMN "search" SET EXPRESSION AS (
  setweight(search_document(coalesce(name, '')), 'A') ||
  setweight(search_document(coalesce(description, '')), 'C'));
ALTER TABLE "event_updates" ALTER COLUMN "search" SET EXPRESSION AS (
  setweight(search_document(coalesce(title, '')), 'A') ||
  setweight(search_document(coalesce(body, '')), 'C'));
ALTER TABLE "reviews" ALTER COLUMN "search" SET EXPRESSION AS (
  setweight(search_document(coalesce(title, '')), 'A') ||
  setweight(search_document(coalesce(body, '')), 'C'));
ALTER TABLE "comments" ALTER COLUMN "search" SET EXPRESSION AS (
  setweight(search_document(coalesce(body, '')), 'B'));
ALTER TABLE "events" ALTER COLUMN "search" SET EXPRESSION AS (
  setweight(search_document(coalesce(title, '')), 'A') ||
  setweight(search_document(coalesce(summary, '') || ' ' || immutable_join(tags)), 'B') ||
  setweight(search_document(coalesce(venue, '') || ' ' || coalesce(city, '') || ' ' || coalesce(country, '')), 'C') ||
  setweight(search_document(coalesce(description, '')), 'D'));
ALTER TABLE "posts" ALTER COLUMN "search" SET EXPRESSION AS (
  setweight(search_document(immutable_join(tags)), 'A') ||
  setweight(search_document(coalesce(body, '')), 'B'));

DROP INDEX "messages_search_idx";
CREATE INDEX "messages_search_idx" ON "messages" USING gin (chat_id, search_document(body));
DROP INDEX "profiles_search_idx";
CREATE INDEX "profiles_search_idx" ON "profiles" USING gin ((
  setweight(search_document(first_name || ' ' || last_name), 'A') ||
  setweight(search_document(coalesce(headline, '') || ' ' || coalesce(city, '')), 'B') ||
  setweight(search_document(coalesce(bio, '')), 'C')));
