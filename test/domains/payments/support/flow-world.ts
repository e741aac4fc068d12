import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import pg from 'pg';
import { type Assembly, assemble } from '../../../../src/assemble.ts';
import { createPayments, providersOf } from '../../../../src/domains/payments/index.ts';
import type { Providers } from '../../../../src/domains/payments/provider/providers.rules.ts';
import { createHttpListener } from '../../../../src/http/listener.ts';
import type { Domain } from '../../../../src/kernel/domain.ts';
import { createCommits } from '../../../../src/platform/commits/create-commits.ts';
import { readConfig } from '../../../../src/platform/config.ts';
import type { Database, Transaction } from '../../../../src/platform/db/client.ts';
import { freePort } from '../../../../src/platform/embedded/ports.ts';
import { createLog } from '../../../../src/platform/log.ts';
import type { Platform } from '../../../../src/platform/platform.ts';
import { createRuntime } from '../../../../src/platform/runtime.ts';
import { startWorkers, type Workers } from '../../../../src/workers/start.ts';
import { freshDatabase, freshRedis } from '../../../support/databases.ts';

/** One process with both roles on databases of its own, and a clock that a test can move. */
export interface FlowWorld {
  url: string;
  environment: Record<string, string>;
  platform: Platform;
  database: Database;
  sql: pg.Client;
  payments: Domain<Transaction>;
  providers: Providers;
  /** Moves the clock of `run` and of what it leads to forward; server and workers stay in the present. */
  pass: (ms: number) => void;
  /** Runs a job by name, in the world's time. */
  run: (name: string, payload?: object) => Promise<void>;
  /** Serves HTTP. */
  serve: () => Promise<void>;
  /** Starts workers. */
  work: () => Promise<Workers>;
  close: () => Promise<void>;
}

export const SECRET = `whsec_${Buffer.from('the sandbox of the tests, 32 B!!').toString('base64')}`;

const signingKey = (): string =>
  JSON.stringify({ ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid: 'test' });

export const openFlowWorld = async (extra: Record<string, string> = {}): Promise<FlowWorld> => {
  const port = await freePort();
  const environment = {
    DATABASE_URL: await freshDatabase(),
    REDIS_URL: await freshRedis(),
    SIGNING_KEY: signingKey(),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SANDBOX_WEBHOOK_SECRET: SECRET,
    ...extra,
  };
  const log = createLog(process.env.LOG_LEVEL ?? 'silent');
  const assembly = await assemble(readConfig(environment), log);
  const { moved, pass, backdate } = moveClock(assembly);
  const platform = { ...assembly.platform, clock: moved };
  const providers = providersOf(platform);
  const payments = createPayments(platform, providers);
  const sql = new pg.Client({ connectionString: environment.DATABASE_URL });
  await sql.connect();
  const stops: (() => Promise<unknown>)[] = [];
  return {
    url: environment.PUBLIC_URL,
    environment,
    platform,
    database: platform.database,
    sql,
    payments,
    providers,
    pass,
    run: async (name, payload = {}) => {
      await backdate();
      const handler = payments.jobs.find(({ contract }) => contract.name === name);
      if (!handler) throw new Error(`no job ${name}`);
      await handler.run(handler.contract.payload.parse(payload) as never);
    },
    serve: async () => {
      stops.push(await startServer(assembly, port));
    },
    work: async () => {
      const workers = await startWorkers(assembly.platform, assembly.domains);
      stops.push(workers.stop);
      return workers;
    },
    close: async () => {
      await Promise.all(stops.map((stop) => stop()));
      await sql.end();
      await assembly.stop();
    },
  };
};

const moveClock = ({ platform }: Assembly) => {
  let aheadMs = 0;
  let backdatedMs = 0;
  const { clock, database } = platform;
  return {
    /** What the database measures by its own clock lies as far back as time was moved. */
    backdate: async () => {
      const moved = `${aheadMs - backdatedMs} milliseconds`;
      backdatedMs = aheadMs;
      await database.$executeRaw`UPDATE refunds SET submitted_at = submitted_at - ${moved}::interval`;
    },
    moved: { now: () => new Date(clock.now().getTime() + aheadMs) },
    pass: (ms: number) => {
      aheadMs += ms;
    },
  };
};

const startServer = async ({ platform, domains }: Assembly, port: number): Promise<() => Promise<void>> => {
  const commits = await createCommits({ ...platform, redis: platform.redis.jobs });
  const runtime = createRuntime({ ...platform, commits });
  const listener = createHttpListener({ platform, domains, runtime, isDraining: () => false });
  const server: Server = createServer(listener).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return async () => {
    server.closeAllConnections();
    server.close();
    commits.close();
  };
};
