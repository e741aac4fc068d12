import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { openWorld, type Pair, type World } from '../world.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const sweep = () => world.identity.jobs[0]?.run({});
const uuidv7At = (time: Date): string => {
  const hex = time.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}${newId().slice(13)}`;
};

interface Kept {
  /** Days since it was made. */
  age: number;
  usedAge?: number;
  /** Days until it ends; negative when it has. */
  left: number;
}

/** A session with one token, as if made that long ago. */
const insert = async ({ user }: Pair, { age, usedAge, left }: Kept): Promise<{ session: string; token: string }> => {
  const at = (days: number): Date => new Date(Date.now() + days * DAY_MS);
  const [session, token] = [uuidv7At(at(-age)), uuidv7At(at(-age))];
  const times = { createdAt: at(-age), expiresAt: at(left) };
  const from = { address: '192.0.2.1', agent: 'vitest' };
  await world.database.session.create({ data: { id: session, userId: user.id, ...from, ...times } });
  const used = usedAge === undefined ? {} : { usedAt: at(-usedAge) };
  await world.database.refreshToken.create({
    data: { id: token, userId: user.id, sessionId: session, tokenHash: token, ...times, ...used },
  });
  return { session, token };
};

test.each<[string, Kept, { session: boolean; token: boolean }]>([
  ['of today', { age: 0, left: 30 }, { session: true, token: true }],
  ['unused for weeks', { age: 29, left: 1 }, { session: true, token: true }],
  ['used this week', { age: 6, usedAge: 6, left: 24 }, { session: true, token: true }],
  ['made long ago and used this week', { age: 20, usedAge: 6, left: 10 }, { session: true, token: true }],
  ['used more than a week ago', { age: 8, usedAge: 8, left: 22 }, { session: true, token: false }],
  ['expired yesterday', { age: 31, left: -1 }, { session: true, token: false }],
  ['over for a month', { age: 61, left: -31 }, { session: false, token: false }],
])('keeps what may still matter: %s', async (_name, row, kept) => {
  const person = await world.register(`sweep_${newId().slice(-12)}`);
  const ids = await insert(person, row);
  await sweep();
  expect((await world.database.session.count({ where: { id: ids.session } })) === 1).toBe(kept.session);
  expect((await world.database.refreshToken.count({ where: { id: ids.token } })) === 1).toBe(kept.token);
});

test('deletes more than one statement takes, and leaves the session usable', async () => {
  const person = await world.register('busy');
  const { actor } = await world.tokens.verify(person.accessToken);
  const old = new Date(Date.now() - 10 * DAY_MS);
  const rows = Array.from({ length: 4_500 }, () => ({
    id: uuidv7At(old),
    userId: person.user.id,
    sessionId: actor.sessionId,
  }));
  const times = { createdAt: old, usedAt: old, expiresAt: new Date(Date.now() + 20 * DAY_MS) };
  await world.database.refreshToken.createMany({ data: rows.map((row) => ({ ...row, tokenHash: row.id, ...times })) });
  await sweep();
  expect(await world.database.refreshToken.count({ where: { sessionId: actor.sessionId } })).toBe(1);
  await world.ask('session.renew', { refreshToken: person.refreshToken });
});
