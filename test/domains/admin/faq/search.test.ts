import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { openSearchWorld, type SearchWorld } from '../../../support/search-world.ts';

interface Entry {
  question: string;
}

let world: SearchWorld;

const FAQS: [question: string, answer: string, fields?: Partial<Record<'status' | 'locale' | 'category', string>>][] = [
  ['How do I return a ticket?', 'In your bookings.'],
  ['When do I get my money back?', 'Within a week after you return the ticket.', { category: 'REFUND' }],
  ['Who may cancel?', 'The host.'],
  ['What is being written?', 'A ticket of the future.', { status: 'DRAFT' }],
  ['What was once true?', 'That a ticket is made of paper.', { status: 'RETIRED' }],
  ['Où est mon billet ?', 'Dans vos réservations : ticket.', { locale: 'fr' }],
];

beforeAll(async () => {
  world = await openSearchWorld();
  for (const [place, [question, answer, fields = {}]] of FAQS.entries()) {
    const { status = 'PUBLISHED', locale = 'en', category = 'OTHER' } = fields;
    await world.sql.query(
      'INSERT INTO faqs (id, slug, question, answer, status, locale, category, sort_order) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      [newId(), `faq-${place}`, question, answer, status, locale, category, place],
    );
  }
});
afterAll(() => world?.close());

const questions = async (input: object): Promise<string[]> =>
  (await world.page<Entry>('faq.search', input)).items.map(({ question }) => question);

test('a question counts more than an answer; drafts and what was retired stay away', async () => {
  expect(await questions({ words: 'tickets' })).toEqual(['How do I return a ticket?', 'When do I get my money back?']);
});

test('without words, all in their order, page by page', async () => {
  const first = await world.page<Entry>('faq.search', { limit: 2 });
  expect(first.items.map(({ question }) => question)).toEqual(FAQS.slice(0, 2).map(([question]) => question));
  expect(first).toMatchObject({ matched: 'all', nextCursor: expect.any(String) });
  const second = await world.page<Entry>('faq.search', { limit: 2, cursor: first.nextCursor });
  expect(second.items.map(({ question }) => question)).toEqual(['Who may cancel?']);
  expect(second.nextCursor).toBeNull();
});

test('misspelt questions are found, in the language and category that is asked for', async () => {
  expect(await questions({ words: 'who my cancle' })).toContain('Who may cancel?');
  expect(await questions({ words: 'billet', locale: 'fr' })).toEqual(['Où est mon billet ?']);
  expect(await questions({ words: 'ticket', category: 'REFUND' })).toEqual(['When do I get my money back?']);
});
