import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, type EventWorld, errorOf, newEvent, openEventWorld } from '../support/event-world.ts';

let world: EventWorld;
let host: string;
let other: string;

beforeAll(async () => {
  world = await openEventWorld();
  [host = '', other = ''] = world.people;
});
afterAll(() => world?.close());

interface Policy {
  id: string;
  name: string;
  ownerId: string | null;
}
const steps = [
  { hoursBefore: 0, refundBasisPoints: 0 },
  { hoursBefore: 168, refundBasisPoints: 10_000 },
  { hoursBefore: 24, refundBasisPoints: 5_000 },
];

test('a host makes a policy and chooses it, others cannot', async () => {
  const policy = await world.ask<Policy>(host, 'cancellationPolicy.create', { name: 'Half a day before', steps });
  expect(policy).toMatchObject({
    ownerId: host,
    steps: [{ hoursBefore: 168 }, { hoursBefore: 24 }, { hoursBefore: 0 }],
  });
  const chosen = newEvent({ cancellationPolicyId: policy.id });
  expect(await world.ask(host, 'event.create', chosen)).toMatchObject({ cancellationPolicyId: policy.id });
  expect(errorOf(await world.call(other, 'event.create', chosen))).toMatchObject({
    issues: [{ path: 'cancellationPolicyId' }],
  });
  const { items } = await world.ask<{ items: Policy[] }>(other, 'cancellationPolicy.list', {});
  expect(items.map(({ id }) => id)).not.toContain(policy.id);
});

test('the platform’s policies come first and are for everyone', async () => {
  const name = 'Flexible for the test';
  const made = await world.database.cancellationPolicy.create({ data: { name, kind: 'FLEXIBLE', steps } });
  const { items } = await world.ask<{ items: Policy[] }>(host, 'cancellationPolicy.list', {});
  const owners = items.map(({ ownerId }) => ownerId === null);
  expect(owners).toEqual(owners.toSorted((a, b) => Number(b) - Number(a)));
  expect(items).toContainEqual(expect.objectContaining({ id: made.id, ownerId: null }));
});

test.each([
  [
    'more for waiting',
    [
      { hoursBefore: 48, refundBasisPoints: 1_000 },
      { hoursBefore: 24, refundBasisPoints: 2_000 },
    ],
  ],
  [
    'two answers for one hour',
    [
      { hoursBefore: 24, refundBasisPoints: 1_000 },
      { hoursBefore: 24, refundBasisPoints: 1_000 },
    ],
  ],
])('%s is refused', async (_what, wrong) => {
  const answer = await world.call(host, 'cancellationPolicy.create', { name: 'Odd', steps: wrong });
  expect(errorOf(answer)).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'steps' }] });
});

test('a name is used once by one person', async () => {
  const input = { name: 'Twice', steps: [] };
  await world.ask(host, 'cancellationPolicy.create', input);
  expect(codeOf(await world.call(host, 'cancellationPolicy.create', input))).toBe('CONFLICT');
  expect(codeOf(await world.call(other, 'cancellationPolicy.create', input))).toBe('OK');
});
