import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { assemble } from '../../../../src/assemble.ts';
import type { RoomEntry } from '../../../../src/kernel/domain.ts';
import { fromWireError, type WireError } from '../../../../src/kernel/errors.ts';
import { type Answer, execute, type Runtime } from '../../../../src/kernel/execute.ts';
import type { Handler } from '../../../../src/kernel/handler.ts';
import { runCommit } from '../../../../src/platform/commits/run-commit.ts';
import { runGroup } from '../../../../src/platform/commits/run-group.ts';
import { readConfig } from '../../../../src/platform/config.ts';
import type { Database } from '../../../../src/platform/db/client.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { createLog } from '../../../../src/platform/log.ts';
import type { Platform } from '../../../../src/platform/platform.ts';
import { freshDatabase, freshRedis } from '../../../support/databases.ts';
import { makeUsers } from '../../social/support/rows.ts';

/** Who calls: an ordinary user by id, or with a role, in a session where that matters. */
export type Caller = string | { userId: string; role: string; sessionId?: string } | null;

/** All domains on databases of their own; committed calls run as in a worker, facts are told when a test says so. */
export interface EventWorld {
  platform: Platform;
  operations: Handler[];
  /** Limits nobody; what is committed runs here. */
  runtime: Runtime;
  handlerOf: (operation: string) => Handler;
  database: Database;
  /** Ten people: a host first. */
  people: string[];
  call: (by: Caller, operation: string, input: unknown) => Promise<Answer>;
  /** The data of a call that must succeed. */
  ask: <T = EventAnswer>(by: Caller, operation: string, input: unknown) => Promise<T>;
  /** Calls of one operation that a worker decides in one group, in this order. */
  together: (operation: string, calls: GroupedInput[]) => Promise<Answer[]>;
  /** Hands every waiting fact to its subscribers, as the relay does, until none is left. */
  settle: () => Promise<void>;
  /** Payloads of every fact of a name that was ever recorded about the event. */
  facts: (name: string, eventId: string) => Promise<Record<string, unknown>[]>;
  runJob: (name: string) => Promise<void>;
  /** Everything a room's log holds. */
  log: (room: string) => Promise<RoomEntry[]>;
  canWatch: (userId: string, eventId: string) => Promise<boolean>;
  close: () => Promise<void>;
}

export interface GroupedInput {
  by: string;
  input: unknown;
  idempotencyKey?: string;
}

/** What tests look at of an event's view. */
export interface EventAnswer {
  id: string;
  slug: string;
  status: string;
  startDate: string;
  onlineUrl: string | null;
  isFree: boolean;
  price: { amountMinor: number; currency: string };
  ticketTypes: { id: string; name: string; capacity: number | null; available: number | null; sold?: number }[];
}

const signingKey = (): string =>
  JSON.stringify({ ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid: 'test' });

/** @param extra environment beside the usual, such as a mail server */
export const openEventWorld = async (extra: Record<string, string> = {}): Promise<EventWorld> => {
  const log = createLog(process.env.LOG_LEVEL ?? 'silent');
  const environment = {
    DATABASE_URL: await freshDatabase(),
    REDIS_URL: await freshRedis(),
    SIGNING_KEY: signingKey(),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    ROLES: 'worker',
    ...extra,
  };
  const { platform, domains, rooms, stop } = await assemble(readConfig(environment), log);
  const { database } = platform;
  const people = await makeUsers(database, 10);
  const handlers = new Map(domains.flatMap((each) => each.operations).map((each) => [each.contract.name, each]));
  const handlerOf = (name: string) => {
    const handler = handlers.get(name as `${string}.${string}`);
    if (!handler) throw new Error(`no operation ${name}`);
    return handler;
  };
  const runtime: Runtime = {
    limit: () => {},
    explain: () => null,
    once: async (_contract, _input, _call, run) => ({ data: await run(), replayed: false }),
    observe: (_contract, _call, outcome) => {
      if (outcome.bug) throw outcome.bug;
    },
    commit: async ({ contract }, input, call) => {
      const request = { id: newId(), operation: contract.name, input, call };
      const { sealed, replayed } = await runCommit({ ...platform, log }, handlerOf(contract.name), request);
      const answer = JSON.parse(platform.sealing.open(sealed)) as Answer;
      if (!answer.ok) throw fromWireError(answer.error);
      return { data: answer.data, replayed };
    },
  };
  const call: EventWorld['call'] = (by, operation, input) => {
    const who = typeof by === 'string' ? { userId: by, role: 'USER' } : by;
    const actor = who && { sessionId: newId(), ...who };
    const origin = { carrier: 'internal', address: '192.0.2.1', agent: 'test' } as const;
    return execute(runtime, handlerOf(operation), input, { actor, origin, requestId: newId(), now: new Date() });
  };
  const together: EventWorld['together'] = async (operation, calls) => {
    const origin = { carrier: 'internal', address: '192.0.2.1', agent: 'test' } as const;
    const handler = handlerOf(operation);
    const requests = calls.map(({ by, input, idempotencyKey }) => {
      const actor = { userId: by, role: 'USER', sessionId: newId() };
      const key = idempotencyKey === undefined ? {} : { idempotencyKey };
      const made = { actor, origin, requestId: newId(), now: new Date(), ...key };
      return { id: newId(), operation, input: handler.contract.input.parse(input), call: made };
    });
    const outcomes = await runGroup({ ...platform, log }, handler, requests);
    return outcomes.map(({ sealed }) => JSON.parse(platform.sealing.open(sealed)) as Answer);
  };
  return {
    platform,
    operations: [...handlers.values()],
    runtime,
    handlerOf,
    database,
    people,
    call,
    together,
    ask: async <T>(by: Caller, operation: string, input: unknown) => {
      const answer = await call(by, operation, input);
      if (!answer.ok) throw new Error(`${operation}: ${JSON.stringify(answer.error)}`);
      return answer.data as T;
    },
    settle: async () => {
      const subscribers = domains.flatMap((each) => each.subscribers);
      for (;;) {
        const rows = await database.outboxEvent.findMany({ where: { relayedAt: null }, orderBy: { id: 'asc' } });
        if (rows.length === 0) return;
        for (const row of rows) {
          for (const { fact, run } of subscribers.filter((each) => each.fact.name === row.name)) {
            await run(fact.payload.parse(row.payload), row.id);
          }
        }
        const ids = rows.map(({ id }) => id);
        await database.outboxEvent.updateMany({ where: { id: { in: ids } }, data: { relayedAt: new Date() } });
      }
    },
    facts: async (name, eventId) => {
      const rows = await database.outboxEvent.findMany({ where: { name }, orderBy: { id: 'asc' } });
      const payloads = rows.map(({ payload }) => payload as Record<string, unknown>);
      return payloads.filter((payload) => payload.eventId === eventId);
    },
    runJob: async (name) => {
      const found = domains.flatMap((each) => each.jobs).find(({ contract }) => contract.name === name);
      if (!found) throw new Error(`no job ${name}`);
      await found.run({});
    },
    log: (room) => platform.rooms.after(room, 0, 10_000),
    canWatch: async (userId, eventId) =>
      (await rooms.get('event')?.canWatch({ userId, sessionId: newId(), role: 'USER' }, eventId)) ?? false,
    close: stop,
  };
};

/** The error of a call that must fail. */
export const errorOf = (answer: Answer): WireError => {
  if (answer.ok) throw new Error(`succeeded with ${JSON.stringify(answer.data)}`);
  return answer.error;
};

export const codeOf = (answer: Answer): string => (answer.ok ? 'OK' : answer.error.code);

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

/** Input of event.create: tomorrow, three hours long, two kinds of ticket. */
export const newEvent = (fields: object = {}) => ({
  title: 'Tech Meetup',
  description: 'Join us for an amazing tech meetup!',
  startDate: inHours(24),
  endDate: inHours(27),
  ticketTypes: [
    { name: 'Regular', price: 50_000, capacity: 40 },
    { name: 'VIP', price: { amountMinor: 120_000, currency: 'BDT' }, capacity: 10 },
  ],
  ...fields,
});
