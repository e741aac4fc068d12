import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faqSearch } from '../../src/domains/admin/faq/search.reads.ts';
import type { EventSearch } from '../../src/domains/events/event/search/contract.ts';
import { eventSearch } from '../../src/domains/events/event/search/event-search.reads.ts';
import { profileSearch } from '../../src/domains/identity/profile/search.reads.ts';
import { messageSearch } from '../../src/domains/social/chat/search/message-search.reads.ts';
import { postSearch } from '../../src/domains/social/post/search.reads.ts';
import { spellingStatement } from '../../src/platform/db/search/spelling.ts';
import { type Candidates, pageStatement } from '../../src/platform/db/search/statement.ts';
import { newId } from '../../src/platform/ids.ts';
import { loadBulk } from '../../src/seed/bulk/load.ts';
import { freshDatabase } from '../support/databases.ts';

const AMOUNTS = { people: 8_000, events: 15_000, messages: 20_000, posts: 10_000 };
const FAQS = 8_000;

let sql: pg.Client;
let chatIds: string[];

beforeAll(async () => {
  const databaseUrl = await freshDatabase();
  const nowhere = { write: () => true };
  await loadBulk({ databaseUrl, amounts: AMOUNTS, now: new Date(), output: nowhere });
  sql = new pg.Client({ connectionString: databaseUrl });
  await sql.connect();
  await sql.query(
    `INSERT INTO faqs (id, slug, question, answer, sort_order)
     SELECT gen_random_uuid(), 'faq-' || n, 'How do I change ticket ' || md5(n::text), 'By asking ' || md5((n % 500)::text), n
     FROM generate_series(1, $1::int) AS n`,
    [FAQS],
  );
  // A vocabulary as of many languages.
  await sql.query(
    'INSERT INTO search_words SELECT left(md5(n::text), 9) FROM generate_series(1, 30000) AS n ON CONFLICT DO NOTHING',
  );
  await sql.query('VACUUM ANALYZE faqs, search_words');
  chatIds = (
    await sql.query(
      'SELECT chat_id FROM chat_participants WHERE user_id = (SELECT user_id FROM chat_participants LIMIT 1)',
    )
  ).rows.map(({ chat_id }) => chat_id);
}, 300_000);

afterAll(() => sql?.end());

const SEARCHED = /Seq Scan on (events|messages|profiles|posts|faqs|search_words)/;

interface Statement {
  text: string;
  values: unknown[];
}

/** The plan for the values, as it is made for every call. */
const planOf = async ({ text, values }: Statement): Promise<string> => {
  // As when words are compared as a whole: the threshold is part of the search.
  await sql.query("SET pg_trgm.word_similarity_threshold = '0.45'");
  const { rows } = await sql.query(`EXPLAIN ${text}`, values);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
};

const firstPage = (candidates: Candidates): Statement =>
  pageStatement(candidates, { last: null, after: null, until: null }, 21);
const viewerId = newId();
const event = (input: Partial<EventSearch>, isCrowded = false) =>
  eventSearch({ input: { limit: 20, ...input }, viewerId, now: new Date(), isCrowded });
const listed = { cursor: undefined, limit: 20 };
const HERE = { latitude: 51.5, longitude: -0.12 };

const SEARCHES: [what: string, index: RegExp, make: () => Candidates][] = [
  ['events by rare words', /events_search_idx/, () => event({ words: 'calligraphy kernel' }).exact],
  ['events by a frequent word', /events_(search|upcoming|starting)_idx/, () => event({ words: 'music' }).exact],
  ['the soonest events', /events_upcoming_idx/, () => event({}).exact],
  ['the newest events', /events_pkey/, () => event({ sort: 'newest' }).exact],
  ['events in a city', /events_city_plain_idx/, () => event({ city: 'reykjavik' }).exact],
  [
    'events in some hours',
    /events_span_idx/,
    () => event({ from: '2027-01-02T00:00:00Z', to: '2027-01-02T06:00:00Z' }).exact,
  ],
  ['events within a radius', /events_earth_idx/, () => event({ ...HERE, radiusKm: 0.5 }).exact],
  ['events within a crowded radius', /events_upcoming_idx/, () => event({ ...HERE, radiusKm: 5 }, true).exact],
  ['the nearest events', /events_earth_idx/, () => event({ ...HERE, sort: 'distance' }).exact],
  [
    'events by words within a radius',
    /events_(search|earth)_idx/,
    () => event({ ...HERE, radiusKm: 1, words: 'chess' }).exact,
  ],
  ['events in a category', /events_(upcoming|category_id_start_date)_idx/, () => event({ category: 'music' }).exact],
  ['events by price', /events_price_idx/, () => event({ sort: 'price', minPriceMinor: 100_000 }).exact],
  [
    'people by words',
    /profiles_search_idx/,
    () => profileSearch({ words: 'zuzanna dvorak', viewerId, ...listed }).exact,
  ],
  [
    'people by names spelled alike',
    /profiles_name_trgm_idx[\s\S]*users_username_trgm_idx|users_username_trgm_idx[\s\S]*profiles_name_trgm_idx/,
    () => profileSearch({ words: 'zuzana dvorac', viewerId, ...listed }).similar?.candidates as Candidates,
  ],
  [
    'posts by words',
    /posts_search_idx/,
    () => postSearch({ words: 'calligraphy kernel', sort: 'relevance', viewerId, ...listed }).exact,
  ],
  [
    'the newest posts by words',
    /posts_search_idx/,
    () => postSearch({ words: 'calligraphy kernel', sort: 'newest', viewerId, ...listed }).exact,
  ],
  [
    'messages of one chat',
    /messages_p\d+_chat_id_search_document_idx/,
    () => messageSearch({ words: 'kernel', chatId: chatIds[0], chatIds: chatIds.slice(0, 1), ...listed }).exact,
  ],
  [
    'messages of all chats',
    /messages_p\d+_chat_id_search_document_idx/,
    () => messageSearch({ words: 'kernel', chatId: undefined, chatIds, ...listed }).exact,
  ],
  [
    'answered questions by words',
    /faqs_search_idx/,
    () => faqSearch({ words: 'c4ca4238a0b923820dcc509a6f75849b', locale: 'en', category: undefined, ...listed }).exact,
  ],
  [
    'questions spelled alike',
    /faqs_question_trgm_idx/,
    () =>
      faqSearch({ words: 'c4ca4238a0b923820dcc509a6f75849', locale: 'en', category: undefined, ...listed }).similar
        ?.candidates as Candidates,
  ],
];

test.each(SEARCHES)('%s are found by an index', async (_what, index, make) => {
  const plan = await planOf(firstPage(make()));
  expect(plan).toMatch(index);
  expect(plan).not.toMatch(SEARCHED);
});

test('a misspelt word is put right by an index', async () => {
  expect(await planOf(spellingStatement('caligraphy'))).toMatch(/search_words_word_trgm_idx/);
});

test('and a seen plan without one is what the test would not let through', async () => {
  await sql.query('BEGIN');
  await sql.query(
    'SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_indexonlyscan = off',
  );
  expect(await planOf(firstPage(event({ words: 'calligraphy' }).exact))).toMatch(SEARCHED);
  await sql.query('ROLLBACK');
});
