import { createDomains } from './domains/index.ts';
import type { Domain, RoomHandler } from './kernel/domain.ts';
import { type Bus, createBus } from './platform/bus.ts';
import { createReadCaller } from './platform/caller-address.ts';
import type { Config } from './platform/config.ts';
import { openDatabase, type Transaction } from './platform/db/client.ts';
import { createFailures } from './platform/failures.ts';
import { createJobs } from './platform/jobs/jobs.ts';
import type { Log } from './platform/log.ts';
import { createMailer } from './platform/mail/mailer.ts';
import { createMetrics } from './platform/metrics.ts';
import { createObjects } from './platform/objects/objects.ts';
import { createPictureLinks } from './platform/pictures/picture-links.ts';
import type { Platform } from './platform/platform.ts';
import { createPresence } from './platform/presence/presence.ts';
import { createPusher } from './platform/push/pusher.ts';
import { connectRedis, untilReady } from './platform/redis/connect.ts';
import { watchMemory } from './platform/redis/memory.ts';
import { createSharedClock } from './platform/redis/shared-clock.ts';
import { createRevocations } from './platform/revocations.ts';
import { createAudience } from './platform/rooms/audience.ts';
import { createGrants } from './platform/rooms/create-grants.ts';
import { createRoomLog, type EngineLog } from './platform/rooms/create-log.ts';
import { createEphemera } from './platform/rooms/ephemera.ts';
import { createFeed, type Feed } from './platform/rooms/feed.ts';
import { createSealing } from './platform/sealing.ts';
import { createSubjectKeys } from './platform/subject-keys/subject-keys.ts';
import { createTokens } from './platform/tokens.ts';

/** Connections to PostgreSQL: a worker runs 32 commits at once and persists besides; a node only reads. */
const WORKER_POOL = 40;
const NODE_POOL = 10;

/** A Redis that hangs is as good as one that is away: callers are refused instead of kept. */
const COMMAND_TIMEOUT_MS = 5_000;

/** One process, put together: what it stands on and what it can do, whatever roles it then plays. */
export interface Assembly {
  platform: Platform;
  domains: Domain<Transaction>[];
  /** By kind, what stands before the colon of a room's name. */
  rooms: ReadonlyMap<string, RoomHandler<Transaction>>;
  bus: Bus;
  roomLog: EngineLog;
  feed: Feed;
  stop: () => Promise<void>;
}

/** @throws Error when PostgreSQL or Redis cannot be reached, or a key is unusable */
export const assemble = async (config: Config, log: Log): Promise<Assembly> => {
  const database = openDatabase(config.databaseUrl, config.roles.has('worker') ? WORKER_POOL : NODE_POOL);
  const replica = config.replicaUrl === undefined ? database : openDatabase(config.replicaUrl, NODE_POOL);
  const redis = {
    log: connectRedis(config.redis.log, log, { commandTimeout: COMMAND_TIMEOUT_MS }),
    // BullMQ adds its scripts as commands while it runs, which automatic pipelines do not bear.
    jobs: connectRedis(config.redis.jobs, log, { enableAutoPipelining: false, commandTimeout: COMMAND_TIMEOUT_MS }),
    cache: connectRedis(config.redis.cache, log, { commandTimeout: COMMAND_TIMEOUT_MS }),
  };
  // The feed subscribes again by itself, and only then compares each room with its log.
  const subscriber = connectRedis(config.redis.log, log, { autoResubscribe: false, enableAutoPipelining: false });
  const presence = {
    redis: connectRedis(config.redis.bus, log, { commandTimeout: COMMAND_TIMEOUT_MS }),
    subscriber: connectRedis(config.redis.bus, log, { autoResubscribe: false, enableAutoPipelining: false }),
  };
  await Promise.all(
    [...Object.values(redis), ...Object.values(presence), subscriber].map((connection) => untilReady(connection)),
  );
  const bus = await createBus(config.redis.bus, log);
  // The first query compiles Prisma's engine; no caller should wait for that.
  await Promise.all([database.$queryRaw`SELECT 1`, replica.$queryRaw`SELECT 1`]);

  const sealing = createSealing(config.encryptionKey);
  const clock = await createSharedClock(redis.jobs);
  const metrics = createMetrics();
  const rooms = new Map<string, RoomHandler<Transaction>>();
  const memory = watchMemory(redis.log, metrics);
  const roomLog = createRoomLog({ redis: redis.log, memory, handlers: rooms });
  const feed = createFeed({ log: roomLog, subscriber, logger: log, onGap: () => metrics.gateGaps.inc() });
  const platform: Platform = {
    config,
    log,
    metrics,
    clock,
    readCaller: createReadCaller({ trusted: config.trustedProxies, log }),
    database,
    replica,
    redis,
    memory,
    sealing,
    subjectKeys: createSubjectKeys(config.encryptionKey, sealing),
    tokens: await createTokens(config.signingKey, clock),
    failures: createFailures(redis.cache),
    revocations: createRevocations(redis.cache),
    rooms: roomLog,
    grants: createGrants(feed),
    ephemera: createEphemera(redis.log),
    audience: createAudience(),
    jobs: createJobs(redis.jobs, log),
    presence: createPresence({ ...presence, clock, log, metrics }),
    sockets: bus.sockets,
    objects: createObjects(config.objects),
    pictures: createPictureLinks(config.encryptionKey, config.publicUrl),
    mailer: config.mail ? createMailer(config.mail.url, config.mail.from) : null,
    pusher: config.push ? createPusher(config.push) : null,
  };
  const domains = createDomains(platform);
  for (const handler of domains.flatMap((domain) => domain.rooms)) {
    rooms.set(handler.contract.name.slice(0, handler.contract.name.indexOf(':')), handler);
  }
  return {
    platform,
    domains,
    rooms,
    bus,
    roomLog,
    feed,
    stop: async () => {
      memory.stop();
      clock.stop();
      await feed.stop();
      await bus.stop();
      for (const connection of [...Object.values(redis), ...Object.values(presence)]) connection.disconnect();
      await Promise.all([database.$disconnect(), replica.$disconnect()]);
    },
  };
};
