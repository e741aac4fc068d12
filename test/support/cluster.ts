import { type ChildProcess, fork } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { freePort } from '../../src/platform/embedded/ports.ts';
import { projectPath } from '../../src/platform/embedded/project-paths.ts';
import { scratchFolder } from './scratch-folder.ts';
import { SHORT_LIVED } from './short-lived.ts';

const READY_WITHIN_MS = 120_000;
/** Ends a process with the one that started it. */
const TETHER = projectPath('dist/start/tether.js');
/** The project's own build, as one file. */
export const PROGRAM = projectPath('dist/.bundle/main.cjs');

/** One Rally process that a test may kill. */
export interface RallyProcess {
  /** Such as `node-1` or `worker-2`. */
  name: string;
  /** Empty for a worker. */
  url: string;
  pid: () => number;
  /** kill -9; resolves when it is gone. */
  kill: () => Promise<void>;
  /** SIGTERM; resolves when it has drained and gone. */
  stop: () => Promise<void>;
  /** Starts it again, on the same port. */
  restart: () => Promise<void>;
  /** Whether it does not run, for whatever reason. */
  hasEnded: () => boolean;
}

export interface ClusterPlan {
  databaseUrl: string;
  redisUrl: string;
  nodes?: number;
  workers?: number;
  environment?: Record<string, string>;
  /** By which address one finds another, given the other's own: that of a proxy between the two. Its own when absent. */
  through?: (from: string, to: string, url: string) => Promise<string>;
  /** The build that runs; the project's own when absent. */
  program?: string;
}

export interface Cluster {
  nodes: RallyProcess[];
  workers: RallyProcess[];
  /** Starts one worker more, with this on top of what all have; it ends with the others. */
  addWorker: (name: string, environment: Record<string, string>) => Promise<RallyProcess>;
  stop: () => Promise<void>;
}

const makeSecrets = (): Record<string, string> => ({
  SIGNING_KEY: JSON.stringify({ ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid: 'test' }),
  ENCRYPTION_KEY: randomBytes(32).toString('base64'),
});

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

const gone = (child: ChildProcess): Promise<void> =>
  hasEnded(child) ? Promise.resolve() : new Promise((resolve) => child.once('exit', () => resolve()));

/** Starts one process from the build and waits until it says that it is ready. */
const launch = async (program: string, environment: Record<string, string>): Promise<ChildProcess> => {
  const child = fork(program, [], {
    env: { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // It ends with us, also when we are killed, and not before us by Ctrl-C.
    execArgv: [...SHORT_LIVED, '--import', TETHER],
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

interface ProcessPlan {
  name: string;
  /** Empty for a worker. */
  url: string;
  program: string;
  environment: Record<string, string>;
}

const rallyProcess = async ({ name, url, program, environment }: ProcessPlan): Promise<RallyProcess> => {
  let child = await launch(program, environment);
  return {
    name,
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
      child = await launch(program, environment);
    },
    hasEnded: () => hasEnded(child),
  };
};

const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

/** Real processes of the build, on databases the test brings. */
export const startCluster = async (plan: ClusterPlan): Promise<Cluster> => {
  const { through = async (_from, _to, url) => url, program = PROGRAM } = plan;
  const ports = await Promise.all(Array.from({ length: plan.nodes ?? 2 }, () => freePort()));
  const urls = await Promise.all(ports.map((port, place) => through('clients', nameOf('node', place), urlOf(port))));
  const shared = {
    // Where the sandbox finds us; while that node is away its webhooks are sent again, as jobs are.
    PUBLIC_URL: urls[0] ?? '',
    OBJECT_STORE_URL: `file://${scratchFolder()}`,
    ...makeSecrets(),
    ...plan.environment,
  };
  const start = async (name: string, url: string, own: Record<string, string>): Promise<RallyProcess> => {
    const DATABASE_URL = await through(name, 'postgres', plan.databaseUrl);
    const REDIS_URL = await through(name, 'redis', plan.redisUrl);
    return rallyProcess({ name, url, program, environment: { DATABASE_URL, REDIS_URL, ...shared, ...own } });
  };
  const startNode = (port: number, place: number) =>
    start(nameOf('node', place), urls[place] ?? '', { ROLES: 'realtime,http', PORT: String(port) });
  const startWorker = (name: string, environment: Record<string, string> = {}) =>
    start(name, '', { ROLES: 'worker', ...environment });
  const [nodes, workers] = await Promise.all([
    Promise.all(ports.map(startNode)),
    Promise.all(Array.from({ length: plan.workers ?? 1 }, (_, place) => startWorker(nameOf('worker', place)))),
  ]);
  return {
    nodes,
    workers,
    addWorker: async (name, environment) => {
      const worker = await startWorker(name, environment);
      workers.push(worker);
      return worker;
    },
    stop: async () => {
      await Promise.all([...nodes, ...workers].map((one) => one.kill()));
    },
  };
};

/** Processes of a kind are counted from 1. */
const nameOf = (kind: 'node' | 'worker', place: number): string => `${kind}-${place + 1}`;
