import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase, type Transaction } from '../../../src/platform/db/client.ts';
import { isConflict, isTooSlow, isUnreachable, violatedConstraint } from '../../../src/platform/db/failures.ts';
import { newId } from '../../../src/platform/ids.ts';
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
  constraint: violatedConstraint(error),
});
const nothing = { conflict: false, tooSlow: false, unreachable: false, constraint: null };
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
