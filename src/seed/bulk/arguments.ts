import { parseArgs } from 'node:util';

/** How many rows there are to be once the loader is through. */
export interface Amounts {
  people: number;
  events: number;
  messages: number;
  posts: number;
}

/** A test database, not an archive: what takes hours is refused. */
const MAX_ROWS = 100_000_000;

/** People when nobody says how many: one for so many events or messages. */
const ROWS_PER_PERSON = 50;
const MIN_PEOPLE = 100;
const MAX_PEOPLE = 100_000;

/**
 * Reads `--events 1000000 --messages 1000000`, and `--posts` and `--people`.
 * @returns null without any of them
 * @throws Error that names the flag that is wrong
 */
export const readAmounts = (args: string[]): Amounts | null => {
  const number = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { events: number, messages: number, posts: number, people: number } });
  if (Object.keys(values).length === 0) return null;
  const events = amount('--events', values.events);
  const messages = amount('--messages', values.messages);
  const posts = amount('--posts', values.posts);
  const usual = Math.ceil(Math.max(events, messages, posts) / ROWS_PER_PERSON);
  const people = Math.min(Math.max(usual, MIN_PEOPLE), MAX_PEOPLE);
  return { events, messages, posts, people: values.people === undefined ? people : amount('--people', values.people) };
};

const amount = (flag: string, given = '0'): number => {
  const rows = Number(given);
  if (/^\d+$/.test(given) && rows <= MAX_ROWS) return rows;
  throw new Error(`${flag} takes a whole number up to ${MAX_ROWS}, not "${given}"`);
};
