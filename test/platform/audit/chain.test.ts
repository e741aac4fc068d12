import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEntry } from '../../../src/platform/audit/open-entry.ts';
import { newId } from '../../../src/platform/ids.ts';
import { type AuditWorld, openAuditWorld } from './audit-world.ts';

let world: AuditWorld;
beforeAll(async () => {
  world = await openAuditWorld();
});
afterAll(() => world.close());

const opened = async (requirement: object) => {
  const { database } = world.parts;
  const row = await database.auditLog.findFirstOrThrow({ where: requirement, orderBy: { id: 'desc' } });
  return openEntry(world.parts, database, row);
};

test('many commits at once, some of them rolled back, leave whole chains', async () => {
  const users = await world.addUsers(8);
  const call = (n: number) => {
    const actor = users[n % users.length] ?? null;
    const entries = Array.from({ length: n % 4 }, (_value, at) => ({ before: { at }, after: { at: at + 1 } }));
    const isBroken = n % 10 === 0;
    return world.note(actor, entries, isBroken);
  };
  // Eight at a time, fewer than there are connections.
  const lanes = Array.from({ length: 8 }, async (_, lane) => {
    for (let n = lane; n < 200; n += 8) await call(n);
  });
  await Promise.all(lanes);
  const { findings, rows } = await world.verify();
  expect(findings).toEqual([]);
  // An operation that names nothing leaves one row all the same.
  const kept = Array.from({ length: 200 }, (_, n) => (n % 10 === 0 ? 0 : Math.max(1, n % 4)));
  expect(rows).toBe(BigInt(kept.reduce((sum, each) => sum + each, 0)));
  const { rows: streams } = await world.sql.query<{ n: string; gapless: boolean }>(
    'SELECT count(*) AS n, count(*) = max(seq) AND min(seq) = 1 AS gapless FROM audit_logs GROUP BY stream',
  );
  expect(streams.length).toBeGreaterThan(1);
  expect(streams.every(({ gapless }) => gapless)).toBe(true);
});

test('nothing personal lies in a row in the clear, and everything can be opened', async () => {
  const [actor = ''] = await world.addUsers(1);
  await world.note(actor, [{ before: { city: 'Sylhet' }, after: { city: 'Khulna' } }]);
  const { rows } = await world.sql.query('SELECT * FROM audit_logs WHERE actor_id = $1', [actor]);
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toMatch(/Sylhet|Khulna|203\.0\.113/);
  expect(await opened({ actorId: actor })).toEqual({
    origin: { address: '203.0.113.7', agent: 'test' },
    payload: { before: { city: 'Sylhet' }, after: { city: 'Khulna' } },
  });
});

test('what a caller without an account does is sealed too', async () => {
  await world.note(null, [{ after: 'somebody' }]);
  expect(await opened({ actorId: null })).toMatchObject({ payload: { after: 'somebody' } });
});

test('what staff did to a person goes with the person, where the staff called from does not', async () => {
  const [staff = '', person = ''] = await world.addUsers(2);
  await world.note(staff, [{ after: 'their data', subjectId: person }]);
  await world.parts.database.$transaction((tx) => world.subjectKeys.eraseSubject(tx, person));
  expect(await opened({ actorId: staff })).toMatchObject({ origin: { agent: 'test' }, payload: null });
  // Nothing new is encrypted for them, and the audit goes on.
  await world.note(staff, [{ after: 'more', subjectId: person }]);
  expect((await world.verify()).findings).toEqual([]);
});

test('after a tenth of the people were erased their part is unreadable and the chains are whole', async () => {
  const users = await world.addUsers(30);
  for (const user of users) await world.note(user, [{ after: { of: user } }]);
  const erased = users.slice(0, 3);
  for (const user of erased) {
    await world.parts.database.$transaction((tx) => world.subjectKeys.eraseSubject(tx, user));
  }
  expect((await world.verify()).findings).toEqual([]);
  // Another process has no key in its memory.
  const elsewhere = { ...world.parts, subjectKeys: world.otherProcess() };
  for (const user of users) {
    const row = await world.parts.database.auditLog.findFirstOrThrow({ where: { actorId: user } });
    const { payload, origin } = await openEntry(elsewhere, world.parts.database, row);
    expect(payload).toEqual(erased.includes(user) ? null : { after: { of: user } });
    expect(origin === null).toBe(erased.includes(user));
  }
  const { rows } = await world.sql.query(
    'SELECT count(*) AS n FROM subject_keys WHERE user_id = ANY($1) AND wrapped_key IS NOT NULL',
    [erased],
  );
  expect(rows[0]?.n).toBe('0');
});

test('a row that was sealed for another row does not open', async () => {
  const actor = (await world.addUsers(1))[0] ?? newId();
  await world.note(actor, [{ after: 'a' }]);
  await world.note(actor, [{ after: 'b' }]);
  const { database } = world.parts;
  const [first, second] = await database.auditLog.findMany({ where: { actorId: actor }, orderBy: { id: 'asc' } });
  if (!first || !second) throw new Error('two rows were written');
  await expect(openEntry(world.parts, database, { ...first, payload: second.payload })).rejects.toThrow();
});
