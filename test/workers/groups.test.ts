import { expect, test } from 'vitest';
import { createGroups } from '../../src/workers/groups.ts';

const unhurried = { atMost: (most: number) => most };
const later = () => new Promise((resolve) => setTimeout(resolve, 5));

test('calls of a moment are decided together in their order, one group of a subject at a time', async () => {
  const groups: string[][] = [];
  let running = 0;
  const { add } = createGroups<string, string>(async (calls) => {
    groups.push(calls);
    running += 1;
    expect(running).toBe(1);
    await later();
    running -= 1;
    return calls.map((call) => call.toUpperCase());
  }, unhurried);
  const calls = Array.from({ length: 300 }, (_, place) => `call ${place}`);
  expect(await Promise.all(calls.map((call) => add('event', call)))).toEqual(calls.map((call) => call.toUpperCase()));
  expect(groups.flat()).toEqual(calls);
  expect(groups.map(({ length }) => length)).toEqual([128, 128, 44]);
});

test('subjects do not wait for each other, and a failed group fails its own calls only', async () => {
  const { add } = createGroups<string, string>(async (calls) => {
    if (calls.includes('bad')) throw new Error('away');
    return calls;
  }, unhurried);
  const [bad, good] = await Promise.allSettled([add('one', 'bad'), add('other', 'good')]);
  expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled']);
  expect(await add('one', 'fine')).toBe('fine');
});

test('six subjects are decided at once, the others after them', async () => {
  let [running, most] = [0, 0];
  const { add } = createGroups<string, string>(async (calls) => {
    running += 1;
    most = Math.max(most, running);
    await later();
    running -= 1;
    return calls;
  }, unhurried);
  const subjects = Array.from({ length: 20 }, (_, place) => `event ${place}`);
  expect(await Promise.all(subjects.map((subject) => add(subject, subject)))).toEqual(subjects);
  expect(most).toBe(6);
});
