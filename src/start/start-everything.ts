import { migrate } from '../platform/db/migrate.ts';
import { SetupError } from '../platform/embedded/setup-error.ts';
import { type ChildPlan, startNode, startWorker } from './child-processes.ts';
import { readDemoLogins } from './demo-logins.ts';
import { keepPostgres, keepRedis } from './embedded-databases.ts';
import { type Kept, keepRunning } from './keep-running.ts';
import type { Plan } from './plan.ts';
import { ensureSecrets } from './secrets.ts';
import { runSeed } from './seed.ts';

/** How often a process may end before it was ever ready: then it is not going to be. */
const FIRST_TRIES = 5;

/**
 * Starts the databases, brings their contents up to date, then starts the worker and the nodes, and returns when all
 * of them serve.
 * @param started grows group by group; what stands in one group rests on the groups before it
 * @throws SetupError if something cannot be started
 */
export async function startEverything(plan: Plan, started: Kept[][], stop: AbortSignal): Promise<void> {
  const { seedPath, say } = plan;
  const addresses = await startDatabases(plan, started);
  stop.throwIfAborted();
  const complete = completeEnvironment(plan, addresses);
  await applyMigrations(plan, complete.DATABASE_URL);
  stop.throwIfAborted();
  await runSeed({ seedPath, environment: complete, say, signal: stop });
  stop.throwIfAborted();
  await startProcesses(plan, complete, started);
  stop.throwIfAborted();
  announce(plan);
}

/** @returns the variables that say where the embedded ones are */
async function startDatabases({ settings, say }: Plan, started: Kept[][]): Promise<NodeJS.ProcessEnv> {
  const { dataDir, embedsPostgres, embedsRedis } = settings;
  const postgres = embedsPostgres ? keepPostgres(dataDir, say) : undefined;
  const redis = embedsRedis ? keepRedis(dataDir, say) : undefined;
  if (postgres) started.push([postgres]);
  if (redis) started.push([redis]);
  await Promise.all([postgres?.ready, redis?.ready]);
  return {
    ...(postgres ? { DATABASE_URL: postgres.url() } : {}),
    ...(redis ? { REDIS_URL: redis.url() } : {}),
  };
}

/** In production with a database of its own, secrets are given: several machines share them, and losing them is costly. */
function completeEnvironment({ environment, settings }: Plan, addresses: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { dataDir, embedsPostgres, isProduction, port } = settings;
  const secrets = embedsPostgres || !isProduction ? ensureSecrets(dataDir) : {};
  return { ...secrets, ...environment, ...addresses, RALLY_DATA_DIR: dataDir, PORT: String(port) };
}

async function applyMigrations({ migrationsDir, say }: Plan, databaseUrl: string | undefined): Promise<void> {
  try {
    const applied = await migrate({ databaseUrl: databaseUrl ?? '', migrationsDir });
    if (applied.length > 0) say('rally', `applied ${applied.length} migration${applied.length === 1 ? '' : 's'}`);
  } catch (error) {
    throw new SetupError(`The database could not be migrated: ${error instanceof Error ? error.message : error}`);
  }
}

async function startProcesses(plan: Plan, environment: NodeJS.ProcessEnv, started: Kept[][]): Promise<void> {
  const { mainPath, settings, say } = plan;
  const childPlan: ChildPlan = { mainPath, environment, port: settings.port, say };
  const keep = (name: string, start: Parameters<typeof keepRunning>[0]['start']): Kept =>
    keepRunning({ name, start, firstTries: FIRST_TRIES, say });
  const worker = keep('worker', async () => startWorker(childPlan));
  started.push([worker]);
  const indexes = Array.from({ length: settings.nodes }, (_, zeroBased) => zeroBased + 1);
  const nodes = indexes.map((index) => keep(`node-${index}`, async () => startNode(childPlan, index)));
  started.push(nodes);
  await Promise.all([worker, ...nodes].map(({ ready }) => ready));
}

function announce({ settings, say }: Plan): void {
  say('rally', `ready: http://localhost:${settings.port}`);
  for (const { email, password } of readDemoLogins(settings.dataDir))
    say('rally', `sign in as ${email} with ${password}`);
}
