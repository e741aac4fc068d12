import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Child, startChild } from '../targets/child.ts';
import { startDatabases } from '../targets/databases.ts';
import { freePorts, isListening } from '../targets/ports.ts';
import { NODES } from '../targets/target.ts';

const START = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));
const BARE = fileURLToPath(new URL('../bare/booking-server.ts', import.meta.url));
const START_TIMEOUT_MS = 240_000;

/** Rally and the server that locks a row, two nodes each, on one PostgreSQL. */
export interface BookingServers {
  databaseUrl: string;
  rally: { url: string; ports: number[]; rootPids: number[] };
  bare: { ports: number[]; rootPids: number[] };
  /** Of the databases that both use. */
  databasePids: number[];
  stop: () => Promise<void>;
}

/** Starts all of it with data in a throw-away folder. The one that is not measured does nothing meanwhile. */
export async function startBookingServers(): Promise<BookingServers> {
  const folder = mkdtempSync(join(tmpdir(), 'rally-bench-booking-'));
  const databases = await startDatabases(folder, { withPostgres: true, keepsRedis: true });
  const children: Child[] = [];
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop()));
    await databases.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const databaseUrl = databases.postgresUrl ?? '';
    const env = { DATABASE_URL: databaseUrl, REDIS_URL: databases.redisUrl, RALLY_DATA_DIR: join(folder, 'rally') };
    const port = await freePorts(NODES + 1);
    const url = `http://127.0.0.1:${port}`;
    const rally = await startChild({
      command: process.execPath,
      args: [START],
      env: { ...env, PORT: String(port), NODES: String(NODES), SOCKETS_PER_ADDRESS: '1000000' },
      log: join(folder, 'rally.log'),
      isReady: () => isReady(url),
      timeoutMs: START_TIMEOUT_MS,
    });
    children.push(rally);
    const barePort = await freePorts(NODES);
    const bare: Child[] = [];
    for (let node = 0; node < NODES; node += 1) bare.push(await startBare(barePort + node, env, folder));
    children.push(...bare);
    const portsFrom = (first: number) => Array.from({ length: NODES }, (_, node) => first + node);
    return {
      databaseUrl,
      rally: { url, ports: portsFrom(port + 1), rootPids: [rally.pid] },
      bare: { ports: portsFrom(barePort), rootPids: bare.map(({ pid }) => pid) },
      databasePids: databases.pids,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const startBare = (port: number, env: Record<string, string>, folder: string): Promise<Child> =>
  startChild({
    command: process.execPath,
    args: ['--import', 'tsx', BARE],
    env: { ...env, NODE_ENV: 'production', PORT: String(port) },
    log: join(folder, `bare-${port}.log`),
    isReady: () => isListening(port),
    timeoutMs: START_TIMEOUT_MS,
  });

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}
