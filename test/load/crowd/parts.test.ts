import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partsOf } from '../../../load/crowd/processes.ts';
import { groupsOf } from '../../../load/scenarios/groups.ts';

const peopleOf = (count: number) => Array.from({ length: count }, (_, index) => ({ id: String(index) }));

test('everybody is in one room, and rooms are of one size but for the last', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 2, max: 60 }), (people, size) => {
      const groups = groupsOf(people, size);
      expect(groups.flat()).toEqual(Array.from({ length: people }, (_, index) => index));
      expect(groups.slice(0, -1).every((group) => group.length === size)).toBe(true);
      expect(groups.at(-1)?.length).toBeLessThan(2 * size);
    }),
    { numRuns: 1_000 },
  );
});

test('rooms stay whole, and their members are the people they were', () => {
  const rooms = groupsOf(12_000, 70).map((members, index) => ({ id: `room-${index}`, members }));
  const parts = partsOf(peopleOf(12_000), { rooms });
  expect(parts.length).toBe(3);
  expect(parts.every(({ people }) => people.length <= 5_000)).toBe(true);
  const found = parts.flatMap(({ people, plan }) =>
    plan.rooms.map(({ id, members }) => ({ id, members: members.map((place) => Number(people[place]?.id)) })),
  );
  expect(found).toEqual(rooms);
});

test('people without rooms are shared out too', () => {
  const parts = partsOf(peopleOf(7_000), { rooms: [], more: { sale: 1 } });
  expect(parts.map(({ people, plan }) => [people.length, plan])).toEqual([
    [5_000, { rooms: [], more: { sale: 1 } }],
    [2_000, { rooms: [], more: { sale: 1 } }],
  ]);
});
