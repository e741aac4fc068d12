import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { type Assembly, assemble } from '../../../../src/assemble.ts';
import type { Message } from '../../../../src/domains/social/shapes/contract.ts';
import type { RoomEntry } from '../../../../src/kernel/domain.ts';
import type { ErrorCode } from '../../../../src/kernel/errors.ts';
import { type Answer, execute } from '../../../../src/kernel/execute.ts';
import { createCommits } from '../../../../src/platform/commits/create-commits.ts';
import { readConfig } from '../../../../src/platform/config.ts';
import type { Database } from '../../../../src/platform/db/client.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { createLog } from '../../../../src/platform/log.ts';
import { metaKey } from '../../../../src/platform/rooms/keys.ts';
import { createRuntime } from '../../../../src/platform/runtime.ts';
import { startWorkers } from '../../../../src/workers/start.ts';
import { freshDatabase, freshRedis } from '../../../support/databases.ts';
import { makeChat } from './rows.ts';

/** Nodes and a worker on databases of their own, without carriers. Logs are stored only when a test asks for it. */
export interface World {
  database: Database;
  /** Calls as a user, on a node by number. */
  call: (userId: string, operation: string, input: unknown, node?: number) => Promise<Answer>;
  /** The data of a call that must succeed. @throws Error with the code */
  ask: <T = Record<string, unknown>>(userId: string, operation: string, input: unknown, node?: number) => Promise<T>;
  /** A group as `chat.open` makes it: its first member owns it, and its log counts from 1. @returns its id */
  makeChat: (memberIds: string[]) => Promise<string>;
  /** Everything the room's log holds. */
  log: (room: string) => Promise<RoomEntry[]>;
  assemblies: Assembly[];
  /** Stores the first `count` entries that wait. The log is not told, as if the worker had died right after. */
  storeSome: (chatId: string, count?: number) => Promise<void>;
  /** Stores all that waits in a chat's log and tells the log. */
  store: (chatId: string) => Promise<void>;
  close: () => Promise<void>;
}

const signingKey = (): string =>
  JSON.stringify({ ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid: 'test' });

export const openWorld = async ({ nodes = 2 }: { nodes?: number } = {}): Promise<World> => {
  const log = createLog(process.env.LOG_LEVEL ?? 'silent');
  const environment = {
    DATABASE_URL: await freshDatabase(),
    REDIS_URL: await freshRedis(),
    SIGNING_KEY: signingKey(),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  };
  const worker = await assemble(readConfig({ ...environment, ROLES: 'worker' }), log);
  const workers = await startWorkers(worker.platform, worker.domains);
  const opened = await Promise.all(
    Array.from({ length: nodes }, async () => {
      const assembly = await assemble(readConfig({ ...environment, ROLES: 'realtime' }), log);
      const commits = await createCommits({
        redis: assembly.platform.redis.jobs,
        sealing: assembly.platform.sealing,
        log,
      });
      return { assembly, commits, runtime: createRuntime({ ...assembly.platform, commits }) };
    }),
  );
  const { database, redis, rooms } = worker.platform;

  const call: World['call'] = async (userId, operation, input, number = 0) => {
    const node = opened[number];
    const handler = node?.assembly.domains
      .flatMap((each) => each.operations)
      .find((each) => each.contract.name === operation);
    if (!node || !handler) throw new Error(`no ${operation} on node ${number}`);
    const about = {
      actor: { userId, sessionId: newId(), role: 'USER' },
      origin: { carrier: 'internal', address: '192.0.2.1', agent: 'test' },
      requestId: newId(),
      now: new Date(),
    } as const;
    if (handler.contract.durability !== 'committed') return execute(node.runtime, handler, input, about);
    // As clients do: what was not confirmed in time is asked again under the same key.
    const repeatable = { ...about, idempotencyKey: about.requestId };
    let answer = await execute(node.runtime, handler, input, repeatable);
    for (let attempt = 1; codeOf(answer) === 'COMMIT_TIMEOUT' && attempt < 4; attempt += 1) {
      answer = await execute(node.runtime, handler, input, repeatable);
    }
    return answer;
  };

  const storeSome: World['storeSome'] = async (chatId, count = Number.POSITIVE_INFINITY) => {
    const room = `chat:${chatId}`;
    const end = (await rooms.undurable([room])).get(room);
    const entries = end?.entries.slice(0, count) ?? [];
    const batch = { room, id: chatId, epoch: end?.position.epoch ?? '', entries };
    await database.$transaction(async (tx) => worker.rooms.get('chat')?.persist?.(tx, [batch]));
  };

  return {
    database,
    call,
    ask: async <T>(userId: string, operation: string, input: unknown, node?: number) => {
      const answer = await call(userId, operation, input, node);
      if (!answer.ok) throw new Error(`${operation}: ${JSON.stringify(answer.error)}`);
      return answer.data as T;
    },
    makeChat: async (memberIds) => {
      const chatId = await makeChat(database, memberIds);
      await rooms.begin(`chat:${chatId}`);
      return chatId;
    },
    log: (room) => rooms.after(room, 0, 10_000),
    assemblies: opened.map(({ assembly }) => assembly),
    storeSome,
    store: async (chatId) => {
      const room = `chat:${chatId}`;
      const { seq } = await rooms.position(room);
      await storeSome(chatId);
      await redis.log.hset(metaKey(room), 'd', seq);
    },
    close: async () => {
      await workers.stop();
      for (const { commits } of opened) commits.close();
      await Promise.all([...opened.map(({ assembly }) => assembly.stop()), worker.stop()]);
    },
  };
};

export const codeOf = (answer: Answer): ErrorCode | 'OK' => (answer.ok ? 'OK' : answer.error.code);

export interface History {
  items: Message[];
  nextCursor: number | null;
  position: { epoch: string; seq: number };
  people: { userId: string }[];
}

export interface Sent {
  id: string;
  seq: number;
  epoch: string;
  at: string;
  duplicate: boolean;
}

/** Sends a message with a client id of its own. */
export const say = (world: World, userId: string, chatId: string, body: string): Promise<Sent> =>
  world.ask<Sent>(userId, 'chat.send', { chatId, clientId: newId(), body });
