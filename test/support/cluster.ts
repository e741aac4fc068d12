import { type ChildProcess, fork } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { freePort } from '../../src/platform/embedded/ports.ts';
import { projectPath } from '../../src/platform/embedded/project-paths.ts';
import { scratchFolder } from './scratch-folder.ts';
import { SHORT_LIVED } from './short-lived.ts';

const READY_WITHIN_MS = 120_000;

/** One Rally process that a test may kill. */
export interface RallyProcess {
  /** Empty for a worker. */
  url: string;
  pid: () => number;
  /** kill -9; resolves when it is gone. */
  kill: () => Promise<void>;
  /** SIGTERM; resolves when it has drained and gone. */
  stop: () => Promise<void>;
  /** Starts it again, on the same port. */
  restart: () => Promise<void>;
}

export interface ClusterPlan {
  databaseUrl: string;
  redisUrl: string;
  nodes?: number;
  workers?: number;
  environment?: Record<string, string>;
}

export interface Cluster {
  nodes: RallyProcess[];
  workers: RallyProcess[];
  /** Starts one worker more, with this on top of what all have; it ends with the others. */
  addWorker: (environment: Record<string, string>) => Promise<RallyProcess>;
  stop: () => Promise<void>;
}

const makeSecrets = (): Record<string, string> => ({
  SIGNING_KEY: JSON.stringify({ ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid: 'test' }),
  ENCRYPTION_KEY: randomBytes(32).toString('base64'),
});

const gone = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));

/** Starts one process from the build and waits until it says that it is ready. */
const launch = async (environment: Record<string, string>): Promise<ChildProcess> => {
  const child = fork(projectPath('dist/main.js'), [], {
    env: { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: SHORT_LIVED,
  });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('a Rally process did not become ready')), READY_WITHIN_MS);
    child.once('exit', (code) => reject(new Error(`a Rally process ended at its start with ${code}`)));
    child.on('message', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  return child;
};

const rallyProcess = async (environment: Record<string, string>, url: string): Promise<RallyProcess> => {
  let child = await launch(environment);
  return {
    url,
    pid: () => child.pid ?? 0,
    kill: () => {
      child.kill('SIGKILL');
      return gone(child);
    },
    stop: () => {
      child.kill('SIGTERM');
      return gone(child);
    },
    restart: async () => {
      child = await launch(environment);
    },
  };
};

const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

/** Real processes of the build, on databases the test brings. */
export const startCluster = async (plan: ClusterPlan): Promise<Cluster> => {
  const ports = await Promise.all(Array.from({ length: plan.nodes ?? 2 }, () => freePort()));
  const shared = {
    DATABASE_URL: plan.databaseUrl,
    REDIS_URL: plan.redisUrl,
    // Where the sandbox finds us; while that node is away its webhooks are sent again, as jobs are.
    PUBLIC_URL: urlOf(ports[0] ?? 0),
    OBJECT_STORE_URL: `file://${scratchFolder()}`,
    ...makeSecrets(),
    ...plan.environment,
  };
  const startNode = (port: number) =>
    rallyProcess({ ...shared, ROLES: 'realtime,http', PORT: String(port) }, urlOf(port));
  const startWorker = () => rallyProcess({ ...shared, ROLES: 'worker' }, '');
  const [nodes, workers] = await Promise.all([
    Promise.all(ports.map(startNode)),
    Promise.all(Array.from({ length: plan.workers ?? 1 }, startWorker)),
  ]);
  return {
    nodes,
    workers,
    addWorker: async (environment) => {
      const worker = await rallyProcess({ ...shared, ROLES: 'worker', ...environment }, '');
      workers.push(worker);
      return worker;
    },
    stop: async () => {
      await Promise.all([...nodes, ...workers].map((one) => one.kill()));
    },
  };
};
