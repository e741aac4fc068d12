import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Cast, Seat } from '../../load/generator/commands.ts';
import { type Child, startChild } from './child.ts';
import { type Databases, startDatabases } from './databases.ts';
import { freePorts, isListening } from './ports.ts';
import { NODES, nodeOf, PARTS, type Target } from './target.ts';

const SERVER = fileURLToPath(new URL('../bare/server.ts', import.meta.url));
const START_TIMEOUT_MS = 30_000;

/** Starts the bare Socket.IO server, two nodes on one Redis; `isStoring` adds Postgres with one INSERT a message. */
export async function startBare({ isStoring }: { isStoring: boolean }): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'rally-bench-bare-'));
  const databases = await startDatabases(folder, { withPostgres: isStoring });
  const port = await freePorts(NODES);
  const nodes: Child[] = [];
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await databases.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (let index = 0; index < NODES; index++) nodes.push(await startNode({ port: port + index, databases, folder }));
  } catch (error) {
    await stop();
    throw error;
  }
  const ports = Array.from({ length: NODES }, (_, index) => port + index);
  return {
    name: isStoring ? 'bare-insert' : 'bare',
    rootPids: [...nodes.map((node) => node.pid), ...databases.pids],
    parts: [PARTS.node, PARTS.redis, ...(isStoring ? [PARTS.postgres] : [])],
    castFanout: async (size) => castFanout(ports, size),
    castRooms: async (size) => castRooms(ports, size),
    castIdle: async ({ connections }) => ({ dialect: 'bare', ports, rooms: [], idle: seats(connections) }),
    stop,
  };
}

function startNode(options: { port: number; databases: Databases; folder: string }): Promise<Child> {
  const { port, databases, folder } = options;
  return startChild({
    command: process.execPath,
    args: ['--import', 'tsx', SERVER],
    env: {
      NODE_ENV: 'production',
      PORT: String(port),
      REDIS_URL: databases.redisUrl,
      ...(databases.postgresUrl !== undefined && { DATABASE_URL: databases.postgresUrl }),
    },
    log: join(folder, `node-${port}.log`),
    isReady: () => isListening(port),
    timeoutMs: START_TIMEOUT_MS,
  });
}

const seats = (count: number, room = 0): Seat[] =>
  Array.from({ length: count }, (_, member) => ({ node: nodeOf(member, room) }));

const castFanout = (ports: number[], size: { receivers: number; publishers: number }): Cast => ({
  dialect: 'bare',
  ports,
  rooms: [{ id: 'hall', receivers: seats(size.receivers), publishers: seats(size.publishers) }],
  idle: [],
});

const castRooms = (ports: number[], size: { rooms: number; members: number }): Cast => ({
  dialect: 'bare',
  ports,
  rooms: Array.from({ length: size.rooms }, (_, index) => ({
    id: `room-${index}`,
    receivers: seats(size.members, index),
    publishers: [],
  })),
  idle: [],
});
