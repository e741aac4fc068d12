import { expect, test } from 'vitest';
import { staleness } from './mutation.ts';
import { mutations } from './mutations.ts';

/** Fewer would leave promises unguarded. */
const AT_LEAST = 60;

test('every mutation can still be applied: its text stands in its file once, its tests are there', () => {
  const stale = mutations.flatMap((mutation) => {
    const reason = staleness('.', mutation);
    return reason === null ? [] : [`${mutation.id}: ${reason}`];
  });
  expect(stale).toEqual([]);
});

test('there are enough of them, each with a name and a sentence of its own', () => {
  expect(mutations.length).toBeGreaterThanOrEqual(AT_LEAST);
  const ids = mutations.map(({ id }) => id);
  expect(ids.filter((id, place) => ids.indexOf(id) < place || !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
  const sentences = mutations.map(({ breaks }) => breaks);
  expect(sentences.filter((text, place) => sentences.indexOf(text) < place || !/^\p{Lu}.*\.$/u.test(text))).toEqual([]);
});
