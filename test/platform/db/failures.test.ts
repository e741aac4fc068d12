import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase, type Transaction } from '../../../src/platform/db/client.ts';
import {
  isConflict,
  isTooSlow,
  isUnreachable,
  isUnwritable,
  neverBegan,
  violatedConstraint,
} from '../../../src/platform/db/failures.ts';
import { newId } from '../../../src/platform/ids.ts';
import { explainOutage, isOutage } from '../../../src/platform/outage.ts';
import { freshDatabase } from '../../support/databases.ts';
import { ownPostgres } from '../../support/own-servers.ts';

let database: Database;
beforeAll(async () => {
  database = openDatabase(await freshDatabase(), 5);
});
afterAll(() => database.$disconnect());

const verdictOn = (error: unknown) => ({
  conflict: isConflict(error),
  tooSlow: isTooSlow(error),
  unreachable: isUnreachable(error),
  unwritable: isUnwritable(error),
  began: !neverBegan(error),
  constraint: violatedConstraint(error),
});
const nothing = {
  conflict: false,
  tooSlow: false,
  unreachable: false,
  unwritable: false,
  began: true,
  constraint: null,
};
const thrownBy = (run: () => Promise<unknown>): Promise<unknown> =>
  run().then(
    () => expect.unreachable('it succeeded'),
    (error: unknown) => error,
  );

const letter = (reference: string) => ({ id: newId(), source: 'job', reference, payload: {}, error: '' });

test('names the unique index a model’s write violated', async () => {
  await database.deadLetter.create({ data: letter('a') });
  const error = await thrownBy(() => database.deadLetter.create({ data: letter('a') }));
  expect(verdictOn(error)).toEqual({ ...nothing, constraint: 'dead_letters_source_reference_key' });
});

test('names the unique index a statement violated', async () => {
  const insert = () => database.$executeRaw`
    INSERT INTO dead_letters (id, source, reference, payload, error) VALUES (${newId()}::uuid, 'job', 'b', '{}', '')`;
  await insert();
  expect(verdictOn(await thrownBy(insert))).toEqual({ ...nothing, constraint: 'dead_letters_source_reference_key' });
});

test('takes another violation for what it is: a bug', async () => {
  const error = await thrownBy(() => database.$executeRaw`INSERT INTO dead_letters (id) VALUES (${newId()}::uuid)`);
  expect(verdictOn(error)).toEqual(nothing);
});

test('knows a statement that took too long', async () => {
  const error = await thrownBy(() =>
    database.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL statement_timeout = '20ms'`;
      await tx.$executeRaw`SELECT pg_sleep(10)`;
    }),
  );
  expect(verdictOn(error)).toEqual({ ...nothing, tooSlow: true });
});

test('knows a transaction that took too long', async () => {
  const slow = async (tx: Transaction) => {
    for (;;) await tx.$executeRaw`SELECT pg_sleep(0.01)`;
  };
  expect(verdictOn(await thrownBy(() => database.$transaction(slow, { timeout: 50 })))).toEqual({
    ...nothing,
    tooSlow: true,
  });
});

test.each(['25006', '53100', '53200', '58030'])('knows by %s a server that cannot write', async (code) => {
  const raise = `DO $$ BEGIN RAISE EXCEPTION 'it cannot' USING ERRCODE = '${code}'; END $$`;
  const error = await thrownBy(() => database.$executeRawUnsafe(raise));
  expect(verdictOn(error)).toEqual({ ...nothing, unwritable: true });
  expect(isOutage(error)).toBe(true);
  expect(explainOutage(error)).toMatchObject({ code: 'OVERLOADED', details: { retryAfterMs: 1_000 } });
});

test('knows a transaction that got no connection in time', async () => {
  const narrow = openDatabase(await freshDatabase(), 1);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  try {
    const holding = narrow.$transaction(() => held);
    const error = await thrownBy(() => narrow.$transaction(async () => {}, { maxWait: 50 }));
    release();
    await holding;
    expect(verdictOn(error)).toEqual({ ...nothing, tooSlow: true, began: false });
    expect(isOutage(error)).toBe(true);
  } finally {
    await narrow.$disconnect();
  }
});

test('knows a serialization failure', async () => {
  await database.deadLetter.create({ data: letter('c') });
  const where = { source_reference: { source: 'job', reference: 'c' } };
  const error = await thrownBy(() =>
    database.$transaction(
      async (tx) => {
        await tx.deadLetter.findUnique({ where });
        await database.deadLetter.update({ where, data: { error: 'by another' } });
        await tx.deadLetter.update({ where, data: { error: 'by this one' } });
      },
      { isolationLevel: 'RepeatableRead' },
    ),
  );
  expect(verdictOn(error)).toEqual({ ...nothing, conflict: true });
});

test('knows a server that was killed inside a transaction, and one that is away', async () => {
  const postgres = await ownPostgres();
  const client = openDatabase(postgres.url, 2);
  try {
    const during = await thrownBy(() =>
      client.$transaction(async (tx) => {
        await tx.$executeRaw`SELECT 1`;
        await postgres.kill();
        await tx.$executeRaw`SELECT 1`;
      }),
    );
    expect(verdictOn(during)).toEqual({ ...nothing, unreachable: true });
    expect(verdictOn(await thrownBy(() => client.$queryRaw`SELECT 1`))).toEqual({ ...nothing, unreachable: true });
  } finally {
    await client.$disconnect();
  }
});
