import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { createIdentity } from '../../../src/domains/identity/index.ts';
import { Prisma } from '../../../src/generated/prisma/client.ts';
import type { Actor } from '../../../src/kernel/actor.ts';
import type { ErrorCode, WireError } from '../../../src/kernel/errors.ts';
import { type Answer, execute, type Runtime, runSteps } from '../../../src/kernel/execute.ts';
import type { AuditEntry, Call, Handler } from '../../../src/kernel/handler.ts';
import { CommittedError } from '../../../src/platform/commits/committed-error.ts';
import { type Database, openDatabase, type Transaction } from '../../../src/platform/db/client.ts';
import { newId } from '../../../src/platform/ids.ts';
import { createTokens, type Tokens } from '../../../src/platform/tokens.ts';
import { freshDatabase } from '../../support/databases.ts';

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
}

/** The identity domain on a database of its own; every committed call runs in one real transaction. */
export interface World {
  database: Database;
  tokens: Tokens;
  identity: ReturnType<typeof createIdentity>;
  /** What the domain asked the platform to do outside of transactions, in order. */
  told: string[];
  call: (operation: string, input: unknown, options?: CallOptions) => Promise<Answer>;
  /** The data of a call that must succeed. */
  ask: <T = Pair>(operation: string, input: unknown, options?: CallOptions) => Promise<T>;
  /** Registers a person with names made from the username. */
  register: (username: string) => Promise<Pair>;
  /** Moves the clock. */
  pass: (ms: number) => void;
  /** Hands every recorded fact to its subscribers, as the relay does. */
  settle: () => Promise<void>;
  close: () => Promise<void>;
}

export const PASSWORD = 'correct horse battery';

export const openWorld = async (): Promise<World> => {
  const database = openDatabase(await freshDatabase(), 12);
  const told: string[] = [];
  const clock = { now: () => new Date(Date.now() + shiftMs) };
  let shiftMs = 0;
  const tokens = await createTokens(await signingKey(), clock);
  const identity = createIdentity({
    database,
    tokens,
    revocations: {
      revoke: async (ids) => void told.push(...ids.map((id) => `revoke ${id}`)),
      isRevoked: async () => false,
      revokedAmong: async () => new Set(),
    },
    sockets: { tellUser: () => {}, closeSession: (id, code) => void told.push(`close ${id} ${code}`) },
  });
  const runtime = inProcess(database, identity.operations);

  const call: World['call'] = async (operation, input, options = {}) => {
    const actor = options.as === undefined ? null : actorOf(await tokens.verify(options.as));
    const handler = identity.operations.find(({ contract }) => contract.name === operation);
    if (!handler) throw new Error(`no operation ${operation}`);
    const origin = {
      carrier: 'internal',
      address: options.address ?? '192.0.2.1',
      agent: options.agent ?? 'vitest',
    } as const;
    return execute(runtime, handler, input, { actor, origin, requestId: randomUUID(), now: clock.now() });
  };
  const ask: World['ask'] = async <T>(operation: string, input: unknown, options?: CallOptions) => {
    const answer = await call(operation, input, options);
    if (!answer.ok) throw new Error(`${operation}: ${JSON.stringify(answer.error)}`);
    return answer.data as T;
  };

  return {
    database,
    tokens,
    identity,
    told,
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
    },
    close: () => database.$disconnect(),
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

const actorOf = ({ userId, sessionId, role }: Actor): Actor => ({ userId, sessionId, role });

/** Runs committed operations here instead of in a worker, with the same rules: one transaction, rolled back by any error but a CommittedError. */
const inProcess = (database: Database, handlers: Handler[]): Runtime => ({
  limit: () => {},
  once: async () => {
    throw new Error('identity has no accepted operations');
  },
  observe: (_contract, _call, outcome) => {
    if (outcome.bug) throw outcome.bug;
  },
  commit: async (contract, input, call) => {
    const handler = handlers.find((candidate) => candidate.contract.name === contract.name);
    if (!handler) throw new Error(`no operation ${contract.name}`);
    const settled = await database.$transaction((tx) => runCommitted({ handler, input, call, tx }), {
      maxWait: 20_000,
    });
    if (settled instanceof CommittedError) throw settled.answer;
    return { data: settled, replayed: false };
  },
});

interface Running {
  handler: Handler;
  input: unknown;
  call: Call;
  tx: Transaction;
}

const runCommitted = async ({ handler, input, call, tx }: Running): Promise<unknown> => {
  const audited: AuditEntry[] = [];
  const record = async (fact: { name: string; payload: { parse: (value: unknown) => unknown } }, payload: unknown) => {
    await tx.outboxEvent.create({
      data: { id: newId(), name: fact.name, payload: fact.payload.parse(payload) as object },
    });
  };
  const context = { ...call, tx, record, audit: (entry: AuditEntry) => void audited.push(entry) };
  const answer = await runSteps(handler, input, context).catch((error: unknown) => {
    if (error instanceof CommittedError) return error;
    throw error;
  });
  for (const entry of audited) await writeAudit(entry, { handler, call, tx });
  return answer;
};

const writeAudit = async (entry: AuditEntry, { handler, call, tx }: Pick<Running, 'handler' | 'call' | 'tx'>) => {
  const json = (value: unknown) => (value === undefined ? Prisma.DbNull : (value as object));
  const { targetType, targetId } = entry;
  const { actor, origin, requestId } = call;
  const who = { actorId: actor?.userId ?? null, address: origin.address, agent: origin.agent, requestId };
  const what = {
    action: handler.contract.name,
    targetType,
    targetId,
    before: json(entry.before),
    after: json(entry.after),
  };
  await tx.auditLog.create({ data: { id: newId(), ...who, ...what } });
};
