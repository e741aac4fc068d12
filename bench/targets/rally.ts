import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { Cast, Seat } from '../../load/generator/commands.ts';
import { addMembers, addressOf, openChat, renewed, type User } from '../../load/rally/api.ts';
import { gatherSessions, signInAs } from '../../load/rally/test-accounts.ts';
import { borrowPostgres } from '../../src/platform/embedded/borrow.ts';
import { startChild } from './child.ts';
import { freePorts } from './ports.ts';
import { NODES, nodeOf, PARTS, type Target } from './target.ts';

const START = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));
/** More connections than this share users, as one person's devices do. */
const MOST_USERS = 2_000;
/** The first start builds, initialises the databases and migrates. */
const START_TIMEOUT_MS = 180_000;

/** Starts Rally as `npm start` does, with its own databases in a throw-away folder. */
export async function startRally(): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'rally-bench-rally-'));
  const port = await freePorts(NODES + 1);
  const url = `http://127.0.0.1:${port}`;
  const child = await startChild({
    command: process.execPath,
    args: [START],
    // The generator is one address.
    env: { PORT: String(port), NODES: String(NODES), RALLY_DATA_DIR: folder, SOCKETS_PER_ADDRESS: '1000000' },
    log: join(folder, 'bench.log'),
    isReady: () => isReady(url),
    timeoutMs: START_TIMEOUT_MS,
  });
  // Node i also listens alone on PORT + i, which pins a connection to its node.
  const ports = Array.from({ length: NODES }, (_, index) => port + 1 + index);
  const users = userPool(url, folder);
  return {
    name: 'rally',
    rootPids: [child.pid],
    parts: [PARTS.node, PARTS.redis, PARTS.postgres],
    castFanout: (size) => tidied(folder, castFanout({ url, ports, users }, size)),
    castRooms: (size) => tidied(folder, castRooms({ url, ports, users }, size)),
    castIdle: (size) => castIdle({ url, ports, users }, size),
    async stop() {
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Server {
  url: string;
  ports: number[];
  users: UserPool;
}

/** Hands out users that are signed in; the same ones to every round. */
type UserPool = (count: number) => Promise<User[]>;

function userPool(url: string, folder: string): UserPool {
  let users: User[] = [];
  return async (count) => {
    users = await renewed(url, users);
    if (users.length < count) users = await testAccounts(url, folder, count);
    return users.slice(0, count);
  };
}

/** Made in bulk, and no strangers to each other: thousands of them fit into one room on their first day. */
async function testAccounts(url: string, folder: string, count: number): Promise<User[]> {
  // Written by the seed of this server.
  const { email, password } = JSON.parse(readFileSync(join(folder, 'demo-admin.json'), 'utf8')) as Record<
    string,
    string
  >;
  const admin = await signInAs(url, email ?? '', password ?? '');
  const sessions = await gatherSessions(url, admin, { count, tell: () => undefined });
  return sessions.map((session, number) => ({ ...session, id: session.user.id, address: addressOf(number) }));
}

async function castFanout(
  { url, ports, users }: Server,
  size: { receivers: number; publishers: number },
): Promise<Cast> {
  const members = await users(size.receivers + size.publishers);
  const [owner, first, ...others] = members;
  if (owner === undefined || first === undefined) throw new Error('A room takes at least two members');
  const chatId = await openChat(url, [owner, first]);
  await addMembers(url, { chatId, owner, added: others });
  return {
    dialect: 'rally',
    ports,
    rooms: [
      {
        id: `chat:${chatId}`,
        receivers: seats(members.slice(0, size.receivers)),
        publishers: seats(members.slice(size.receivers)),
      },
    ],
    idle: [],
  };
}

async function castRooms({ url, ports, users }: Server, size: { rooms: number; members: number }): Promise<Cast> {
  const everyone = await users(size.rooms * size.members);
  const rooms: Cast['rooms'] = [];
  for (let index = 0; index < size.rooms; index++) {
    const members = everyone.slice(index * size.members, (index + 1) * size.members);
    rooms.push({ id: `chat:${await openChat(url, members)}`, receivers: seats(members, index), publishers: [] });
  }
  return { dialect: 'rally', ports, rooms, idle: [] };
}

async function castIdle({ ports, users }: Server, { connections }: { connections: number }): Promise<Cast> {
  const everyone = await users(Math.min(connections, MOST_USERS));
  const turns = Math.ceil(connections / everyone.length);
  const idle = seats(Array.from({ length: turns }, () => everyone).flat()).slice(0, connections);
  return { dialect: 'rally', ports, rooms: [], idle };
}

/**
 * Does at once what PostgreSQL's autovacuum would do some time within the next minute about thousands of new users and
 * memberships: a server that has run for a day does not pay for them with its messages.
 */
async function tidied(folder: string, casting: Promise<Cast>): Promise<Cast> {
  const cast = await casting;
  const { url, giveBack } = await borrowPostgres({ RALLY_DATA_DIR: folder }, () => undefined);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('VACUUM (ANALYZE)').finally(() => client.end());
  await giveBack();
  return cast;
}

const seats = (users: User[], room = 0): Seat[] =>
  users.map(({ accessToken }, member) => ({ node: nodeOf(member, room), token: accessToken }));

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}
