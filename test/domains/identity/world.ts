import { randomBytes, randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { exportJWK, generateKeyPair } from 'jose';
import { removeEventsOf } from '../../../src/domains/events/api.writes.ts';
import { createIdentity } from '../../../src/domains/identity/index.ts';
import { removeFilesOf } from '../../../src/domains/media/api.writes.ts';
import { removeChatsOf } from '../../../src/domains/social/api.writes.ts';
import type { AuditLog } from '../../../src/generated/prisma/client.ts';
import { type ErrorCode, fromWireError, type WireError } from '../../../src/kernel/errors.ts';
import { type Answer, execute, type Runtime } from '../../../src/kernel/execute.ts';
import type { Handler } from '../../../src/kernel/handler.ts';
import { type OpenedEntry, openEntry } from '../../../src/platform/audit/open-entry.ts';
import { type RunCommitParts, runCommit } from '../../../src/platform/commits/run-commit.ts';
import { type Database, openDatabase } from '../../../src/platform/db/client.ts';
import { createFailures, type Failures } from '../../../src/platform/failures.ts';
import { createLog } from '../../../src/platform/log.ts';
import type { Letter } from '../../../src/platform/mail/mailer.ts';
import { createPictureLinks } from '../../../src/platform/pictures/picture-links.ts';
import { createSealing } from '../../../src/platform/sealing.ts';
import { createSubjectKeys, type SubjectKeys } from '../../../src/platform/subject-keys/subject-keys.ts';
import { createTokens, type Tokens } from '../../../src/platform/tokens.ts';
import { freshDatabase, freshRedis } from '../../support/databases.ts';

/** What a person who has signed in holds. */
export interface Pair {
  user: { id: string; username: string };
  accessToken: string;
  refreshToken: string;
  expiresAt: string;
}

interface CallOptions {
  /** An access token. */
  as?: string;
  address?: string;
  agent?: string;
  idempotencyKey?: string;
}

/** The identity domain on a database of its own; every committed call runs as in a worker. */
export interface World {
  database: Database;
  databaseUrl: string;
  encryptionKey: string;
  tokens: Tokens;
  subjectKeys: SubjectKeys;
  /** The keys as a process sees them that has read none yet. */
  otherProcess: () => SubjectKeys;
  /** The audit rows about something, in order, with what was sealed in them. */
  trailOf: (targetId: string) => Promise<(Omit<AuditLog, keyof OpenedEntry> & OpenedEntry)[]>;
  identity: ReturnType<typeof createIdentity>;
  /** What the domain asked the platform to do outside of transactions, in order. */
  told: string[];
  failures: Failures;
  /** Letters that were handed to the mail server, in order. */
  letters: Letter[];
  call: (operation: string, input: unknown, options?: CallOptions) => Promise<Answer>;
  /** The data of a call that must succeed. */
  ask: <T = Pair>(operation: string, input: unknown, options?: CallOptions) => Promise<T>;
  /** Registers a person with names made from the username. */
  register: (username: string) => Promise<Pair>;
  /** Moves the clock. */
  pass: (ms: number) => void;
  /** Hands every recorded fact to its subscribers, as the relay does, and runs the jobs they ask for. */
  settle: () => Promise<void>;
  close: () => Promise<void>;
}

export const PASSWORD = 'correct horse battery';

export const openWorld = async (): Promise<World> => {
  const databaseUrl = await freshDatabase();
  const database = openDatabase(databaseUrl, 12);
  const redis = new Redis(await freshRedis());
  const failures = createFailures(redis);
  const told: string[] = [];
  const letters: Letter[] = [];
  const work: (() => Promise<void>)[] = [];
  const clock = { now: () => new Date(Date.now() + shiftMs) };
  let shiftMs = 0;
  const encryptionKey = randomBytes(32).toString('base64');
  const sealing = createSealing(encryptionKey);
  const subjectKeys = createSubjectKeys(encryptionKey, sealing);
  const tokens = await createTokens(await signingKey(), clock);
  const identity = createIdentity(
    {
      clock,
      database,
      pictures: createPictureLinks(encryptionKey, ''),
      replica: database,
      tokens,
      subjectKeys,
      revocations: {
        revoke: async (ids) => void told.push(...ids.map((id) => `revoke ${id}`)),
        isRevoked: async () => false,
        revokedAmong: async () => new Set(),
      },
      sealing,
      failures,
      jobs: {
        later: async ({ name }, payload) => {
          const handler = identity.jobs.find(({ contract }) => contract.name === name);
          work.push(async () => handler?.run(handler.contract.payload.parse(payload) as Record<string, unknown>));
        },
      },
      mailer: { send: async (letter) => void letters.push(letter) },
      config: { payments: { publicUrl: 'https://rally.test' } },
      sockets: {
        tellUser: () => {},
        tellUsers: () => {},
        closeSession: (id, code) => void told.push(`close ${id} ${code}`),
      },
    },
    [removeChatsOf, removeEventsOf, removeFilesOf],
  );
  const runtime = inProcess({ database, sealing, subjectKeys, log: createLog('silent') }, identity.operations);

  const call: World['call'] = async (operation, input, options = {}) => {
    const actor = options.as === undefined ? null : (await tokens.verify(options.as)).actor;
    const handler = identity.operations.find(({ contract }) => contract.name === operation);
    if (!handler) throw new Error(`no operation ${operation}`);
    const origin = {
      carrier: 'internal',
      address: options.address ?? '192.0.2.1',
      agent: options.agent ?? 'vitest',
    } as const;
    const key = options.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey };
    return execute(runtime, handler, input, { actor, origin, requestId: randomUUID(), now: clock.now(), ...key });
  };
  const ask: World['ask'] = async <T>(operation: string, input: unknown, options?: CallOptions) => {
    const answer = await call(operation, input, options);
    if (!answer.ok) throw new Error(`${operation}: ${JSON.stringify(answer.error)}`);
    return answer.data as T;
  };

  return {
    database,
    databaseUrl,
    encryptionKey,
    tokens,
    subjectKeys,
    otherProcess: () => createSubjectKeys(encryptionKey, sealing),
    trailOf: async (targetId) => {
      const rows = await database.auditLog.findMany({ where: { targetId }, orderBy: { id: 'asc' } });
      const open = async (row: AuditLog) => ({ ...row, ...(await openEntry({ subjectKeys, sealing }, database, row)) });
      return Promise.all(rows.map(open));
    },
    identity,
    told,
    failures,
    letters,
    call,
    ask,
    register: (username) => ask('account.register', registration(username)),
    pass: (ms) => {
      shiftMs += ms;
    },
    settle: async () => {
      const facts = await database.outboxEvent.findMany({ where: { relayedAt: null }, orderBy: { id: 'asc' } });
      for (const fact of facts) {
        const listening = identity.subscribers.filter((subscriber) => subscriber.fact.name === fact.name);
        for (const { fact: contract, run } of listening) await run(contract.payload.parse(fact.payload), fact.id);
      }
      await database.outboxEvent.updateMany({ data: { relayedAt: new Date() } });
      for (const run of work.splice(0)) await run();
    },
    close: async () => {
      redis.disconnect();
      await database.$disconnect();
    },
  };
};

export const registration = (username: string) => ({
  // An address may not begin with a dot, a username may.
  email: `${username.replace(/^\./, 'dot.')}@rally.example`,
  username,
  password: PASSWORD,
  firstName: 'Ada',
  lastName: 'Lovelace',
});

/** The error of a call that must fail. */
export const errorOf = (answer: Answer): WireError => {
  if (answer.ok) throw new Error(`succeeded with ${JSON.stringify(answer.data)}`);
  return answer.error;
};

export const codeOf = (answer: Answer): ErrorCode | 'OK' => (answer.ok ? 'OK' : answer.error.code);

export const signingKey = async (): Promise<string> => {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  return JSON.stringify(await exportJWK(privateKey));
};

/** Committed operations take the worker's own path, without the queue in between. */
const inProcess = (parts: RunCommitParts, handlers: Handler[]): Runtime => {
  return {
    limit: () => {},
    explain: () => null,
    once: async () => {
      throw new Error('identity has no accepted operations');
    },
    observe: (_contract, _call, outcome) => {
      if (outcome.bug) throw outcome.bug;
    },
    commit: async ({ contract }, input, call) => {
      const handler = handlers.find((candidate) => candidate.contract.name === contract.name);
      if (!handler) throw new Error(`no operation ${contract.name}`);
      const request = { id: randomUUID(), operation: contract.name, input, call };
      const { sealed, replayed } = await runCommit(parts, handler, request);
      const answer = JSON.parse(parts.sealing.open(sealed)) as Answer;
      if (!answer.ok) throw fromWireError(answer.error);
      return { data: answer.data, replayed };
    },
  };
};
