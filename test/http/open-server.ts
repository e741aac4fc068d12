import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import type { HttpParts } from '../../src/http/create-http-app.ts';
import { createHttpListener } from '../../src/http/listener.ts';
import { createReadCaller } from '../../src/platform/caller-address.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createCommits } from '../../src/platform/commits/create-commits.ts';
import { readConfig } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/db/client.ts';
import { createLog } from '../../src/platform/log.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { createObjects } from '../../src/platform/objects/objects.ts';
import { createPictureLinks } from '../../src/platform/pictures/picture-links.ts';
import { connectRedis, untilReady } from '../../src/platform/redis/connect.ts';
import { watchMemory } from '../../src/platform/redis/memory.ts';
import { createRevocations } from '../../src/platform/revocations.ts';
import { createRuntime } from '../../src/platform/runtime.ts';
import { createSealing } from '../../src/platform/sealing.ts';
import { createSubjectKeys } from '../../src/platform/subject-keys/subject-keys.ts';
import { createTokens } from '../../src/platform/tokens.ts';
import { startWorkers } from '../../src/workers/start.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { probeOperations } from './probe-operations.ts';

/** The HTTP shell with echoing operations, a worker behind it, on databases of their own. */
export interface HttpServer {
  url: string;
  port: number;
  platform: HttpParts['platform'];
  setDraining: (draining: boolean) => void;
  work: () => Promise<void>;
  close: () => Promise<void>;
}

export interface HttpServerOptions {
  databaseUrl?: string;
  redisUrl?: string;
  environment?: NodeJS.ProcessEnv;
}

export const openServer = async (options: HttpServerOptions = {}): Promise<HttpServer> => {
  const platform = await openPlatform(options);
  const { config, redis, sealing, log } = platform;
  const domains = [{ name: 'echo', operations: probeOperations(), signals: [], rooms: [], jobs: [], subscribers: [] }];
  const commits = await createCommits({ redis: redis.jobs, sealing, log });
  const runtime = createRuntime({ ...platform, commits });
  let draining = false;
  const server = createServer(createHttpListener({ platform, domains, runtime, isDraining: () => draining }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stops: (() => Promise<void>)[] = [];
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    platform,
    setDraining: (value) => {
      draining = value;
    },
    work: async () => {
      stops.push((await startWorkers({ ...platform, config }, domains)).stop);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await Promise.all(stops.map((stop) => stop()));
      commits.close();
      platform.memory.stop();
      for (const connection of Object.values(redis)) connection.disconnect();
      await platform.database.$disconnect();
    },
  };
};

const openPlatform = async ({ databaseUrl, redisUrl, environment }: HttpServerOptions) => {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const config = readConfig({
    DATABASE_URL: databaseUrl ?? (await freshDatabase()),
    REDIS_URL: redisUrl ?? (await freshRedis()),
    SIGNING_KEY: JSON.stringify(await exportJWK(privateKey)),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    ...environment,
  });
  const log = createLog(config.logLevel);
  const connect = () => connectRedis(config.redis.cache, log);
  const redis = { log: connect(), jobs: connect(), cache: connect() };
  await Promise.all(Object.values(redis).map((connection) => untilReady(connection)));
  const sealing = createSealing(config.encryptionKey);
  const metrics = createMetrics();
  return {
    clock: systemClock,
    config,
    database: openDatabase(config.databaseUrl, 40),
    log,
    memory: watchMemory(redis.log, metrics),
    metrics,
    readCaller: createReadCaller({ trusted: config.trustedProxies, log }),
    redis,
    revocations: createRevocations(redis.cache),
    sealing,
    objects: createObjects(config.objects),
    pictures: createPictureLinks(config.encryptionKey, ''),
    subjectKeys: createSubjectKeys(config.encryptionKey, sealing),
    tokens: await createTokens(config.signingKey, systemClock),
  };
};
