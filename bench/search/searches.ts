import type pg from 'pg';
import type { EventSearch } from '../../src/domains/events/event/search/contract.ts';
import { eventSearch } from '../../src/domains/events/event/search/event-search.reads.ts';
import { profileSearch } from '../../src/domains/identity/profile/search.reads.ts';
import { messageSearch } from '../../src/domains/social/chat/search/message-search.reads.ts';
import { postSearch } from '../../src/domains/social/post/search.reads.ts';
import type { Search } from '../../src/platform/db/search/find-page.ts';
import { spellingStatement } from '../../src/platform/db/search/spelling.ts';
import { pageStatement } from '../../src/platform/db/search/statement.ts';
import { CITIES } from '../../src/seed/bulk/places.ts';
import { FIRST_NAMES, LAST_NAMES, words } from '../../src/seed/bulk/vocabulary.ts';
import type { Dice } from './dice.ts';

/** What is sent to PostgreSQL. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** One kind of search: how to ask for the first page of the nth, and what it is to be compared without. */
export interface Kind {
  name: string;
  indexes: string[];
  ask: (dice: Dice, client: pg.Client) => Promise<Statement>;
}

const PAGE = 21;
const FIRST = { last: null, after: null, until: null };
const VOCABULARY = words();
/** Somebody who blocked nobody. */
const VIEWER = '01900000-0000-7000-8000-000000000001';

const firstPage = ({ exact }: Search): Statement => pageStatement(exact, FIRST, PAGE);

/** Words as often as the texts hold them. */
const someWords = (dice: Dice, amount: number): string =>
  Array.from({ length: amount }, () => dice.often(VOCABULARY, 2.2)).join(' ');

const events = (
  name: string,
  indexes: string[],
  input: (dice: Dice) => Partial<EventSearch>,
  isCrowded = false,
): Kind => ({
  name: `events: ${name}`,
  indexes,
  ask: async (dice) =>
    firstPage(eventSearch({ input: { limit: 20, ...input(dice) }, viewerId: VIEWER, now: new Date(), isCrowded })),
});

const near = (dice: Dice): { latitude: number; longitude: number } => {
  const [, , , , latitude, longitude] = dice.often(CITIES, 2.2);
  return { latitude: latitude + (dice.share() - 0.5) * 0.2, longitude: longitude + (dice.share() - 0.5) * 0.2 };
};

/** Of a city with crowds in every circle. */
const inTheMiddle = (dice: Dice): { latitude: number; longitude: number } => {
  const [, , , , latitude, longitude] = dice.evenly(CITIES.slice(0, 8));
  return { latitude, longitude };
};

const misspelt = (dice: Dice): string => {
  const word = dice.often(
    VOCABULARY.filter(({ length }) => length > 5),
    1.5,
  );
  const place = 1 + Math.floor(dice.share() * (word.length - 2));
  return word.slice(0, place) + word.slice(place + 1);
};

const EARTH = ['events_earth_idx'];
const TIMES = [
  'events_upcoming_idx',
  'events_starting_idx',
  'events_category_id_start_date_idx',
  'events_type_status_start_date_idx',
];

/** Every search the server offers, as people ask it. */
export const KINDS: Kind[] = [
  events('one word, by relevance', ['events_search_idx'], (dice) => ({ words: someWords(dice, 1) })),
  events('two words, by relevance', ['events_search_idx'], (dice) => ({ words: someWords(dice, 2) })),
  events('two words, the soonest', ['events_search_idx'], (dice) => ({ words: someWords(dice, 2), sort: 'soonest' })),
  events('a city and a word', ['events_search_idx', 'events_city_plain_idx'], (dice) => ({
    words: someWords(dice, 1),
    city: dice.often(CITIES, 2.2)[0],
  })),
  events('5 km around a place and a word', ['events_search_idx', ...EARTH], (dice) => ({
    ...near(dice),
    radiusKm: 5,
    words: someWords(dice, 1),
  })),
  events('the nearest', EARTH, (dice) => ({ ...near(dice), sort: 'distance' })),
  events('2 km in the middle of a city, the soonest', TIMES, (dice) => ({ ...inTheMiddle(dice), radiusKm: 2 }), true),
  events('a category with what is below it', TIMES, (dice) => ({
    category: dice.evenly(['music', 'sports', 'arts', 'jazz', 'science']),
  })),
  events('a price range, the cheapest', ['events_price_idx'], (dice) => ({
    sort: 'price',
    minPriceMinor: 10_000 + Math.floor(dice.share() * 50_000),
    currency: dice.often(CITIES, 2.2)[2],
  })),
  {
    name: 'events: a misspelt word put right',
    indexes: ['search_words_word_trgm_idx'],
    ask: async (dice) => spellingStatement(misspelt(dice)),
  },
  {
    name: 'people: first and last name',
    indexes: ['profiles_search_idx'],
    ask: async (dice) => {
      const name = `${dice.often(FIRST_NAMES, 1.5)} ${dice.often(LAST_NAMES, 1.5)}`;
      return firstPage(profileSearch({ words: name, viewerId: VIEWER, cursor: undefined, limit: 20 }));
    },
  },
  {
    name: 'posts: two words',
    indexes: ['posts_search_idx'],
    ask: async (dice) =>
      firstPage(
        postSearch({ words: someWords(dice, 2), sort: 'relevance', viewerId: VIEWER, cursor: undefined, limit: 20 }),
      ),
  },
  {
    name: 'messages: a word in all my chats',
    indexes: ['messages_search_idx'],
    ask: async (dice, client) => {
      const chatIds = await chatsOfSomebody(dice, client);
      return firstPage(
        messageSearch({ words: someWords(dice, 1), chatId: undefined, chatIds, cursor: undefined, limit: 20 }),
      );
    },
  },
  {
    name: 'messages: two words in one chat',
    indexes: ['messages_search_idx'],
    ask: async (dice, client) => {
      const [chatId = VIEWER] = await chatsOfSomebody(dice, client);
      return firstPage(
        messageSearch({ words: someWords(dice, 2), chatId, chatIds: [chatId], cursor: undefined, limit: 20 }),
      );
    },
  },
];

/** Members of many chats come more often, as they search more. */
const chatsOfSomebody = async (dice: Dice, client: pg.Client): Promise<string[]> => {
  const from = `${Math.floor(dice.share() * 0xffff)
    .toString(16)
    .padStart(4, '0')}0000-0000-0000-0000-000000000000`;
  const { rows } = await client.query<{ chat_id: string }>(
    `SELECT chat_id FROM chat_participants WHERE user_id = (
       SELECT user_id FROM chat_participants ORDER BY md5(chat_id::text || user_id || $1) LIMIT 1) AND left_at IS NULL`,
    [from],
  );
  return rows.map(({ chat_id }) => chat_id);
};
