import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Domain, jobHandler } from '../../src/kernel/domain.ts';
import { type Answer, execute, type Runtime } from '../../src/kernel/execute.ts';
import type { Call } from '../../src/kernel/handler.ts';
import { type Commits, createCommits } from '../../src/platform/commits/create-commits.ts';
import { type Config, readConfig } from '../../src/platform/config.ts';
import { newId } from '../../src/platform/ids.ts';
import { startWorkers, type Workers } from '../../src/workers/start.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { PROBES_TABLE, probeDomain, slowRound } from './probe-domain.ts';
import { openPlatform, type StandInPlatform } from './stand-in-platform.ts';

/** A node and its workers, without carriers, on databases of their own. */
export interface World {
  platform: StandInPlatform;
  domain: Domain;
  commits: Commits;
  sql: pg.Client;
  /** Calls an operation of the domain as a node would. */
  call: (operation: string, input: unknown, call?: Partial<Call>) => Promise<Answer>;
  work: () => Promise<Workers>;
  /** A domain with nothing but a recurring job. */
  recurring: (run: () => Promise<void>) => Domain;
  close: () => Promise<void>;
}

export interface WorldOptions {
  /** Fresh ones when absent. */
  databaseUrl?: string;
  redisUrl?: string;
}

export const openWorld = async (options: WorldOptions = {}): Promise<World> => {
  const config = await freshConfig(options);
  const sql = new pg.Client({ connectionString: config.databaseUrl });
  // A server that is killed must not end the test.
  sql.on('error', () => {});
  await sql.connect();
  await sql.query(PROBES_TABLE);
  const platform = await openPlatform(config);
  const domain = probeDomain(platform.database);
  const commits = await createCommits(platform);
  const running: Workers[] = [];
  return {
    platform,
    domain,
    commits,
    sql,
    call: (operation, input, call) => {
      const handler = domain.operations.find(({ contract }) => contract.name === operation);
      if (!handler) throw new Error(`no operation ${operation}`);
      return execute(bareRuntime(commits), handler, input, { ...someCall(), ...call });
    },
    work: async () => {
      const workers = await startWorkers(platform, [domain]);
      running.push(workers);
      return workers;
    },
    recurring: (run) => ({
      ...domain,
      operations: [],
      subscribers: [],
      jobs: [jobHandler({ contract: slowRound, run })],
    }),
    close: async () => {
      await Promise.all(running.map((workers) => workers.stop()));
      commits.close();
      platform.redis.disconnect();
      await platform.database.$disconnect();
      await sql.end();
    },
  };
};

export const USER_ID = newId();

export const someCall = (): Call => ({
  actor: { userId: USER_ID, sessionId: newId(), role: 'USER' },
  origin: { carrier: 'internal', address: '203.0.113.7', agent: 'test' },
  requestId: newId(),
  now: new Date(),
});

/** Polls until `outcome` gives something. @throws Error after `deadlineMs` */
export const eventually = async <T>(outcome: () => Promise<T | undefined | false>, deadlineMs = 10_000): Promise<T> => {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const result = await outcome();
    if (result !== undefined && result !== false) return result;
    if (performance.now() > end) throw new Error('it did not come about in time');
    await pause(20);
  }
};

const signingKey = (): string =>
  JSON.stringify({ ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid: 'test' });

const freshConfig = async ({ databaseUrl, redisUrl }: WorldOptions): Promise<Config> =>
  readConfig({
    DATABASE_URL: databaseUrl ?? (await freshDatabase()),
    REDIS_URL: redisUrl ?? (await freshRedis()),
    SIGNING_KEY: signingKey(),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  });

const bareRuntime = ({ commit }: Commits): Runtime => ({
  limit: () => {},
  commit,
  once: async (_contract, _input, _call, run) => ({ data: await run(), replayed: false }),
  explain: () => null,
  observe: () => {},
});
