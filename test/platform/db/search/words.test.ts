import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSearchWorld, type SearchWorld } from '../../../support/search-world.ts';

let world: SearchWorld;
let sql: pg.Client;
beforeAll(async () => {
  world = await openSearchWorld();
  sql = world.sql;
});
afterAll(() => world?.close());

const isFound = async (text: string, words: string): Promise<boolean> => {
  const { rows } = await sql.query('SELECT search_document($1) @@ search_query($2) AS found', [text, words]);
  return rows[0].found;
};

const FOUND: [text: string, words: string][] = [
  // Parts of sentences in scripts without spaces.
  ['明天下午三点在火车站见', '火车站'],
  ['明天下午三点在火车站见', '见'],
  ['明天下午三点在火车站见', '火'],
  ['来週の花火大会に行きますか', '花火大会'],
  ['カラオケへ行こう', 'オケ'],
  ['Tokyo花火2027', '花火'],
  ['Tokyo花火2027', 'tokyo花火2027'],
  ['พรุ่งนี้เจอกันที่สถานี', 'สถานี'],
  ['ຂອບໃຈຫຼາຍໆ', 'ໃຈ'],
  ['부산에서 만나요', '부산'],
  // Words that are frequent in English.
  ['The The play tonight', 'the the'],
  ['If — a reading', 'if'],
  ['All of us', 'all of us'],
  ['Do it or don’t', 'don’t'],
  ['Do it or don’t', "don't"],
  // What is written with signs between.
  ['R&B night at H&M', 'r&b'],
  ['AC/DC tribute', 'ac/dc'],
  ['ticket RLY-0042-B is yours', 'RLY-0042-B'],
  ['ticket RLY-0042-B is yours', '0042'],
  ['https://example.org/tickets/RLY-0042-B?from=mail#top', 'rly-0042-b'],
  ['https://example.org/tickets/RLY-0042-B?from=mail#top', 'https://example.org/tickets/RLY-0042-B'],
  ['https://example.org/tickets/RLY-0042-B?from=mail#top', 'tickets'],
  ['write to host@example.org', 'host@example.org'],
  ['write to host@example.org', 'example.org'],
  ['see gate_b.pdf', 'gate_b.pdf'],
  ['we won 3-1', '3-1'],
  ['it is -7 outside', '7'],
  ['<b>bold</b> words', 'bold'],
  // Telephone numbers.
  ['call +4915112345678', '4915112345678'],
  ['call +49 151 1234-5678', '4915112345678'],
  ['call +49 151 1234-5678', '1234-5678'],
  ['call +49 151 1234-5678', '+49 151 1234-5678'],
  // Emoji, also with another skin tone or spelling, and symbols.
  ['see you 🎷🎶', '🎷'],
  ['great 👏🏾', '👏'],
  ['hearts ❤', '❤️'],
  ['flags 🇧🇩', '🇧🇩'],
  ['only ₹500', '₹'],
  // What cannot be seen does not part a word; what looks alike is the same.
  ['mid\u200Bsummer', 'midsummer'],
  ['ＪＡＺＺ night', 'jazz'],
  ['Ⅳ. Sinfonie', 'iv'],
  // As before.
  ['Fêtes électroniques', 'fete'],
  ['two meetups', 'meetup'],
  ['a long walk home', '"long walk"'],
  ['a long walk home', 'short or long'],
  ['a long walk home', 'walk -short'],
  // An exclusion alone is taken as a word.
  ['minus five: -5', '-5'],
];

test.each(FOUND)('%j is found by %j', async (text, words) => {
  expect(await isFound(text, words)).toBe(true);
});

const NOT_FOUND: [text: string, words: string][] = [
  ['明天下午三点在火车站见', '车火'],
  ['東京と京都', '東都'],
  ['r is before b', 'r&b'],
  ['RLY-0042-B', 'RLY-0042-C'],
  ['a walk, long after', '"long walk"'],
  ['a long walk home', 'walk -long'],
  ['party 🎉', '🎊'],
  ['anything', '""'],
  ['anything', '-'],
  ['anything', '…'],
];

test.each(NOT_FOUND)('%j is not found by %j', async (text, words) => {
  expect(await isFound(text, words)).toBe(false);
});

const UNSPACED = [...'上海火车站东京音楽フェスティバル花火สวัสดีครับ서울부산ຂອບໃຈ'];
const letters = fc.array(fc.constantFrom(...UNSPACED), { minLength: 1, maxLength: 12 });

test('any part of a sentence without spaces is found, also one letter, wherever it stands', async () => {
  await fc.assert(
    fc.asyncProperty(letters, letters, letters, async (before, part, after) => {
      expect(await isFound([...before, ...part, ...after].join(''), part.join(''))).toBe(true);
      expect(await isFound(`Gate ${part.join('')} open`, part.join(''))).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('a text is found by each of its words and by itself as a phrase, whatever signs and scripts it mixes', async () => {
  const word = fc.oneof(
    fc.constantFrom(
      'the',
      'gate',
      'Café',
      'x',
      '2027',
      'AT&T',
      'a-b',
      'u.s.',
      '@ann',
      '#tag',
      '50%',
      'сцена',
      'حفلة',
      'সভা',
    ),
    fc
      .stringMatching(/^[A-Za-z0-9&/.@_+-]{1,8}$/)
      .filter((given) => /[A-Za-z0-9]/.test(given) && !/^-|^or$/i.test(given)),
    fc.constantFrom('🎉', '火车站', 'สวัสดี'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 6 }), async (words) => {
      const text = words.join(' ');
      for (const each of words) expect([text, each, await isFound(text, each)]).toEqual([text, each, true]);
      expect([text, await isFound(text, `"${text}"`)]).toEqual([text, true]);
    }),
    { numRuns: 200 },
  );
});

test('no looked-for words make the server fail', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ maxLength: 40 }),
      async (text, words) => {
        const clean = (given: string): string => Buffer.from(given.replaceAll('\0', '')).toString();
        expect(typeof (await isFound(clean(text), clean(words)))).toBe('boolean');
        expect(typeof (await isFound(clean(text), clean(text)))).toBe('boolean');
      },
    ),
    { numRuns: 300 },
  );
});
