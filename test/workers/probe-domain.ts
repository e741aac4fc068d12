import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { fact, job, operation } from '../../src/kernel/contract.ts';
import { type Domain, jobHandler, subscribe } from '../../src/kernel/domain.ts';
import { AppError } from '../../src/kernel/errors.ts';
import { anyone, nothing } from '../../src/kernel/handler.ts';
import { CommittedError } from '../../src/platform/commits/committed-error.ts';
import type { Database, Transaction } from '../../src/platform/db/client.ts';
import { commit } from '../../src/platform/db/commit.ts';
import { recordFact } from '../../src/platform/facts/outbox.ts';
import { newId } from '../../src/platform/ids.ts';

/** A stand-in domain: its one table counts what took effect. */
export const PROBES_TABLE = `
  CREATE TABLE probes (id uuid PRIMARY KEY, label text NOT NULL, at timestamptz);
  CREATE TABLE pauses (label text);
  CREATE TABLE deliveries (fact_id uuid NOT NULL, subscriber text NOT NULL, label text NOT NULL)`;

export const probeAdded = fact({
  name: 'probe.added',
  summary: 'A probe was added',
  payload: z.object({ label: z.string() }),
});

export const addProbe = operation({
  name: 'probe.add',
  summary: 'Adds a probe',
  access: 'user',
  durability: 'committed',
  rates: [],
  input: z.object({
    label: z.string(),
    at: z.coerce.date().optional(),
    outcome: z
      .enum(['answer', 'refuse', 'refuseCommitted', 'break', 'pause', 'sleep', 'lockAB', 'lockBA'])
      .default('answer'),
    facts: z.int().default(0),
    secret: z.string().optional(),
  }),
  output: z.object({ id: z.string(), token: z.string() }),
  errors: ['CONFLICT'],
  http: 'POST /v1/probes',
});

export const tidyProbes = job({
  name: 'probe.tidy',
  summary: 'Writes down that it ran',
  payload: z.object({ label: z.string() }),
});

/** Recurs faster than it finishes. */
export const slowRound = job({
  name: 'probe.round',
  summary: 'Takes longer than its interval',
  payload: z.object({}),
  everyMs: 50,
});

const insertProbe = async (tx: Transaction, id: string, input: z.output<typeof addProbe.input>): Promise<void> => {
  await tx.$executeRaw`INSERT INTO probes (id, label, at) VALUES (${id}::uuid, ${input.label}, ${input.at ?? null})`;
};

const areBothLocked = async (tx: Transaction): Promise<boolean> =>
  (
    await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
      WHERE datname = current_database() AND locktype = 'advisory' AND classid = 0 AND objid IN (1, 2) AND granted`
  ).length > 1;

/** Two that do this in opposite orders block each other: each waits a while for the other to hold its first lock. */
const lockBoth = async (tx: Transaction, [first, second]: [number, number]): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${first}::bigint)`;
  for (let tries = 0; tries < 50 && !(await areBothLocked(tx)); tries += 1) await pause(20);
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${second}::bigint)`;
};

const isPaused = async (tx: Database | Transaction): Promise<boolean> =>
  (await tx.$queryRaw<unknown[]>`SELECT 1 FROM pauses`).length > 0;

const noteDelivery = async (database: Database, factId: string, subscriber: string, label: string): Promise<void> => {
  await database.$executeRaw`
    INSERT INTO deliveries (fact_id, subscriber, label) VALUES (${factId}::uuid, ${subscriber}, ${label})`;
};

const adding = commit(addProbe, {
  load: nothing,
  allow: anyone,
  run: async (input, _subject, { tx, record, audit }) => {
    const id = newId();
    await insertProbe(tx, id, input);
    audit({ targetType: 'probe', targetId: id, after: { label: input.label } });
    for (let n = 0; n < input.facts; n += 1) await record(probeAdded, { label: `${input.label}/${n}` });
    if (input.outcome === 'refuse') throw new AppError('CONFLICT', 'refused');
    if (input.outcome === 'refuseCommitted') throw new CommittedError(new AppError('CONFLICT', 'refused, but kept'));
    if (input.outcome === 'break') throw new Error('a bug');
    if (input.outcome === 'sleep') await tx.$executeRaw`SELECT pg_sleep(60)`;
    if (input.outcome.startsWith('lock')) await lockBoth(tx, input.outcome === 'lockAB' ? [1, 2] : [2, 1]);
    while (input.outcome === 'pause' && (await isPaused(tx))) await pause(20);
    return { id, token: `token-of-${id}` };
  },
});

export const probeDomain = (database: Database): Domain => ({
  name: 'probe',
  operations: [adding],
  signals: [],
  rooms: [],
  jobs: [
    jobHandler({
      contract: tidyProbes,
      run: async ({ label }) => {
        await noteDelivery(database, newId(), 'tidy', label);
        if (label.startsWith('records'))
          await database.$transaction((tx) => recordFact(tx, probeAdded, { label: 'from a job' }));
        if (label.startsWith('waits')) while (await isPaused(database)) await pause(20);
        if (label.startsWith('fails')) throw new Error('it always fails');
      },
    }),
  ],
  subscribers: ['first', 'second'].map((name) =>
    subscribe({
      name: `probe.${name}`,
      fact: probeAdded,
      run: async ({ label }, factId) => {
        await noteDelivery(database, factId, name, label);
        if (label.startsWith(`fails ${name}`)) throw new Error('it always fails');
      },
    }),
  ),
});
