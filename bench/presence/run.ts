import { type ChildProcess, fork } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import pg from 'pg';
import { io, type Socket } from 'socket.io-client';
import { startGenerator } from '../../load/generator/client.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { startPostgres } from '../../src/platform/embedded/postgres.ts';
import { projectPath } from '../../src/platform/embedded/project-paths.ts';
import { startRedis } from '../../src/platform/embedded/redis.ts';
import { newId } from '../../src/platform/ids.ts';
import { createTokens } from '../../src/platform/tokens.ts';
import { describeMachine } from '../cpu/machine.ts';
import { freePorts } from '../targets/ports.ts';

const NODES = 3;
/** Whom one connection follows. */
const A_WATCHER = 1_000;
const A_CALL = 200;
const IDLE_SECONDS = 30;
const READY_WITHIN_MS = 120_000;
/** What changes Redis; scripts are counted by what they call. */
const WRITES =
  /^cmdstat_(?:set|mset|hset|hsetnx|hdel|hincrby|zadd|zrem|sadd|srem|spop|del|expire|persist|spublish):calls=(\d+)/gm;

interface Change {
  userId: string;
  status: string;
}

/** `npm run bench -- presence`: what idle connections write, and how soon the people of a killed node are offline. */
export async function runPresenceBench(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { people: { type: 'string', default: '5000' }, idle: { type: 'string', default: '20000' } },
  });
  const [people, idle] = [Number(values.people), Number(values.idle)];
  const { cores, cpu, node, loadAverage } = describeMachine();
  console.log(`${cores} × ${cpu}, Node ${node}, load ${loadAverage.join(' ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'rally-bench-presence-'));
  const stops: (() => Promise<unknown> | unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    await measure({ folder, people, idle, stops });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

interface Plan {
  folder: string;
  people: number;
  idle: number;
  stops: (() => Promise<unknown> | unknown)[];
}

async function measure({ folder, people, idle, stops }: Plan): Promise<void> {
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), onProgress: () => {} });
  stops.push(() => postgres.stop());
  const [redis, bus] = await Promise.all(
    ['redis', 'bus'].map((name) => startRedis({ dataDir: join(folder, name), appendOnly: 'no', onProgress: () => {} })),
  );
  if (!redis || !bus) throw new Error('no Redis');
  stops.push(() => Promise.all([redis.stop(), bus.stop()]));
  await migrate({ databaseUrl: postgres.url, migrationsDir: projectPath('prisma/migrations') });
  const signingKey = JSON.stringify({
    ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
    kid: 'bench',
  });
  const environment = {
    ...{ DATABASE_URL: postgres.url, REDIS_URL: redis.url, REDIS_BUS_URL: bus.url, SIGNING_KEY: signingKey },
    ...{ ENCRYPTION_KEY: randomBytes(32).toString('base64'), SOCKETS_PER_ADDRESS: '1000000', LOG_LEVEL: 'error' },
    OBJECT_STORE_URL: `file://${join(folder, 'objects')}`,
  };
  const first = await freePorts(NODES);
  const ports = Array.from({ length: NODES }, (_, place) => first + place);
  const nodes = await Promise.all(
    ports.map((port) => launch({ ...environment, ROLES: 'realtime,http', PORT: String(port) })),
  );
  nodes.push(await launch({ ...environment, ROLES: 'worker' }));
  stops.push(() => nodes.map((child) => child.kill('SIGKILL')));

  const watcherCount = Math.ceil(people / A_WATCHER);
  const crowd = Array.from({ length: people }, newId);
  const watchers = Array.from({ length: watcherCount }, newId);
  await makePeople(postgres.url, crowd, watchers);
  const tokens = await createTokens(signingKey, systemClock);
  const tokenOf = async (userId: string): Promise<string> =>
    (await tokens.issue({ userId, sessionId: newId(), role: 'USER' })).token;

  console.log(`${people} people connect to node 3, ${idle - people} more connections to nodes 1 and 2`);
  const seats = await Promise.all(
    Array.from({ length: Math.max(idle, people) }, async (_, nth) => ({
      node: nth < people ? 2 : nth % 2,
      token: await tokenOf(crowd[nth < people ? nth : nth % Math.min(people, idle - people)] ?? ''),
    })),
  );
  // Those beyond the first are no devices of people who are watched: those must have one connection.
  const strangers = Array.from({ length: Math.max(1, Math.ceil((idle - people) / 20)) }, newId);
  await makePeople(postgres.url, strangers, []);
  const strangerTokens = await Promise.all(strangers.map(tokenOf));
  for (const [nth, seat] of seats.entries())
    if (nth >= people) seat.token = strangerTokens[nth % strangers.length] ?? '';
  const cast = { dialect: 'rally' as const, ports, rooms: [] };
  const own = await startGenerator({ ...cast, idle: seats.slice(0, people) });
  stops.push(() => own.stop());
  const others = await startGenerator({ ...cast, idle: seats.slice(people) });
  stops.push(() => others.stop());

  const sockets = await Promise.all(
    watchers.map(async (userId) => open(`http://127.0.0.1:${ports[0]}`, await tokenOf(userId))),
  );
  stops.push(() => sockets.map((socket) => socket.disconnect()));
  const frames = sockets.map((): number[] => []);
  const offlineAt = new Map<string, number>();
  for (const [nth, socket] of sockets.entries()) {
    socket.on('presence.changed', ({ changes }: { changes: Change[] }) => {
      frames[nth]?.push(performance.now());
      for (const { userId, status } of changes) if (status === 'OFFLINE') offlineAt.set(userId, performance.now());
    });
    await followAll(socket, crowd.slice(nth * A_WATCHER, (nth + 1) * A_WATCHER));
  }
  await sleep(5_000);
  const client = new Redis(bus.url);
  stops.push(() => client.disconnect());
  const before = await writesOf(client);
  await sleep(IDLE_SECONDS * 1_000);
  const perSecond = ((await writesOf(client)) - before) / IDLE_SECONDS;
  console.log(`${idle} idle connections: ${perSecond.toFixed(2)} writes a second in Redis`);

  for (const list of frames) list.length = 0;
  offlineAt.clear();
  const killedAt = performance.now();
  nodes[2]?.kill('SIGKILL');
  while (offlineAt.size < people && performance.now() - killedAt < 40_000) await sleep(100);
  const after = [...offlineAt.values()].map((at) => (at - killedAt) / 1_000).sort((a, b) => a - b);
  const gaps = frames.flatMap((list) => list.slice(1).map((at, nth) => at - (list[nth] ?? 0)));
  const most = Math.max(...frames.map((list) => list.length));
  console.log(
    `kill -9 of a node with ${people} people: ${offlineAt.size} said to be offline, the first after ${after[0]?.toFixed(1)} s, ` +
      `the last after ${after.at(-1)?.toFixed(1)} s; ${most} frames a watcher at most, ${Math.round(Math.min(...gaps))} ms apart at least`,
  );
}

async function launch(environment: Record<string, string>): Promise<ChildProcess> {
  const child = fork(projectPath('dist/main.js'), [], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('a node did not become ready')), READY_WITHIN_MS);
    child.once('exit', (code) => reject(new Error(`a node ended at its start with ${code}`)));
    child.once('message', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  return child;
}

/** Accounts; each watcher has a thousand of the others as friends. */
async function makePeople(url: string, crowd: string[], watchers: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const ids = [...crowd, ...watchers];
  await client.query(
    `INSERT INTO users (id, email, username, password) SELECT id, id || '@example.org', id::text, '-' FROM unnest($1::uuid[]) AS one(id)`,
    [ids],
  );
  await client.query(
    `INSERT INTO profiles (user_id, first_name, last_name) SELECT id, 'A', 'B' FROM unnest($1::uuid[]) AS one(id)`,
    [ids],
  );
  const pairs = crowd.map((id, nth) => [newId(), watchers[Math.floor(nth / A_WATCHER)], id]);
  if (watchers.length > 0) {
    await client.query(
      `INSERT INTO friendships (id, requester_id, addressee_id, status)
       SELECT id, requester, addressee, 'ACCEPTED' FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS one(id, requester, addressee)`,
      [0, 1, 2].map((place) => pairs.map((pair) => pair[place])),
    );
  }
  await client.query('ANALYZE');
  await client.end();
}

async function open(url: string, token: string): Promise<Socket> {
  const socket = io(url, { auth: { token }, transports: ['websocket'], forceNew: true });
  await new Promise<void>((resolve) => socket.once('session.ready', () => resolve()));
  return socket;
}

async function followAll(socket: Socket, userIds: string[]): Promise<void> {
  let online = 0;
  for (let from = 0; from < userIds.length; from += A_CALL) {
    const answer = await socket
      .timeout(10_000)
      .emitWithAck('presence.watch', { userIds: userIds.slice(from, from + A_CALL) });
    if (!answer.ok) throw new Error(`presence.watch answered ${answer.error.code}`);
    online += answer.data.users.filter(({ status }: Change) => status === 'ONLINE').length;
  }
  if (online < userIds.length) console.log(`only ${online} of ${userIds.length} are online`);
}

async function writesOf(client: Redis): Promise<number> {
  const found = (await client.info('commandstats')).matchAll(WRITES);
  return [...found].reduce((sum, [, calls]) => sum + Number(calls), 0);
}
