import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import pg from 'pg';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { ask, call, connect, http, type Person, register } from '../support/people.ts';
import { until } from '../support/until.ts';

const DEVICES = 8;
const TICKETS = 60;

let cluster: Cluster;
let databaseUrl: string;
let urls: string[];
let host: Person;
let guest: Person;

beforeAll(async () => {
  databaseUrl = await freshDatabase();
  cluster = await startCluster({ databaseUrl, redisUrl: await freshRedis(), nodes: 2, workers: 2 });
  urls = cluster.nodes.map(({ url }) => url);
  [host, guest] = [await register(urls[0] ?? ''), await register(urls[1] ?? '')];
});
afterAll(() => cluster?.stop());

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

const post = async <T>(path: string, by: { token: string } | null, body: object = {}): Promise<T> => {
  const token = by ? { token: by.token } : {};
  const answer = await http(`${urls[0]}${path}`, { ...token, body, headers: { 'idempotency-key': randomUUID() } });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
  // Safe: the caller names the contract's output.
  return answer.body as T;
};

interface Ticket {
  admissionId: string;
  code: string;
}

const openDoors = async (tickets: number): Promise<{ eventId: string; tickets: Ticket[] }> => {
  const ticketTypes = [{ name: 'Regular', price: 0, capacity: tickets, maxPerOrder: 100 }];
  const { id: eventId } = await post<{ id: string }>('/v1/events', host, {
    ...{ title: 'Doors', description: 'Open', startDate: inHours(1), endDate: inHours(3), ticketTypes },
  });
  const event = await post<{ ticketTypes: { id: string }[] }>(`/v1/events/${eventId}/publish`, host);
  const items = [{ ticketTypeId: event.ticketTypes[0]?.id, quantity: tickets }];
  const { id } = await post<{ id: string }>(`/v1/events/${eventId}/bookings`, guest, { items });
  const { body } = await http(`${urls[0]}/v1/bookings/${id}/tickets`, { token: guest.token });
  return { eventId, tickets: body as unknown as Ticket[] };
};

interface Device {
  id: string;
  token: string;
  privateKey: KeyObject;
}

const enroll = async (eventId: string): Promise<Device> => {
  const { token } = await post<{ token: string }>(`/v1/events/${eventId}/scanners`, host, { name: newId() });
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const signature = sign(null, Buffer.from(`rally-scanner-enroll\n${token}`), privateKey).toString('base64url');
  const { scanner, accessToken } = await post<{ scanner: { id: string }; accessToken: string }>(
    '/v1/scanners/enroll',
    null,
    { token, publicKey: publicKey.export({ format: 'jwk' }).x, signature },
  );
  return { id: scanner.id, token: accessToken, privateKey };
};

/** The totals at rest, counted from the rows. */
const recount = async (eventId: string) => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    `SELECT
      (SELECT count(*)::int FROM event_check_ins WHERE event_id = $1) AS scans,
      (SELECT count(*)::int FROM event_check_ins AS scan JOIN check_in_outcomes AS result
        ON result.check_in_id = scan.id AND result.outcome = 'ADMITTED' WHERE scan.event_id = $1) AS admitted,
      (SELECT count(*)::int FROM event_check_ins AS scan JOIN check_in_outcomes AS result
        ON result.check_in_id = scan.id AND result.outcome = 'PENDING' WHERE scan.event_id = $1) AS unfolded,
      (SELECT coalesce(sum(entries), 0)::int FROM admission_states WHERE event_id = $1) AS entries,
      (SELECT count(*)::int FROM admission_states WHERE event_id = $1 AND is_inside) AS inside`,
    [eventId],
  );
  await client.end();
  return rows[0] as { scans: number; admitted: number; unfolded: number; entries: number; inside: number };
};

test('a device is served at its door, and nowhere else; a revoked code reaches it, and its own end ends it', async () => {
  const { eventId, tickets } = await openDoors(3);
  const device = await enroll(eventId);
  const socket = connect(urls[1] ?? '', device);
  const heard = new Set<string>();
  socket.onAny((_name: string, ...frames: unknown[]) => heard.add(JSON.stringify(frames)));
  await ask(socket, 'room.watch', { room: `door:${eventId}` });
  for (const room of [`user:${host.id}`, `user:${device.id}`, `door:${newId()}`]) {
    expect(await call(socket, 'room.watch', { room })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  }
  for (const operation of ['chat.list', 'profile.me', 'session.logout', 'checkin.log', 'scanner.list']) {
    expect(await call(socket, operation)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  }
  const input = { eventId, code: tickets[0]?.code, scanId: newId() };
  expect(await ask(socket, 'checkin.scan', input)).toMatchObject({ outcome: 'ADMITTED', inside: 1 });
  await post(`/v1/tickets/${tickets[1]?.admissionId}/regenerate`, guest);
  await until(() =>
    [...heard].some((text) => text.includes('ticket.revoked') && text.includes(tickets[1]?.admissionId ?? '')),
  );
  expect(await ask(socket, 'checkin.scan', { eventId, code: tickets[1]?.code, scanId: newId() })).toMatchObject({
    outcome: 'REVOKED',
  });
  const closed = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()));
  await post(`/v1/events/${eventId}/scanners/${device.id}/lost`, host);
  await closed;
  const again = await http(`${urls[0]}/v1/events/${eventId}/check-in-bundle`, { token: device.token });
  expect(again.status).toBe(401);
});

/** Scans and uploads as a device does: it repeats until it is answered. */
const untilAnswered = async <T>(socket: () => Socket, operation: string, input: object): Promise<T> => {
  for (;;) {
    const answer = await call(socket(), operation, input).catch(() => null);
    if (answer?.ok) return answer.data as T;
    if (answer && !answer.error.retryable) throw new Error(`${operation} answered ${JSON.stringify(answer.error)}`);
    await new Promise((resolve) => setTimeout(resolve, answer?.error.retryAfterMs ?? 100));
  }
};

test('a worker and a node are killed while devices scan and upload: every scan is there once, and all counts agree', async () => {
  const { eventId, tickets } = await openDoors(TICKETS);
  const devices = await Promise.all(Array.from({ length: DEVICES }, () => enroll(eventId)));
  const [stable = '', doomed = ''] = urls;
  const sockets = devices.map((device, place) => connect(place % 2 === 0 ? stable : doomed, device, true));
  const spare = devices.map((device) => connect(stable, device, true));
  let isDoomed = false;
  const socketOf = (place: number) => () => {
    const socket = isDoomed && place % 2 === 1 ? spare[place] : sockets[place];
    if (!socket) throw new Error('no socket');
    return socket;
  };
  const ids = new Set<string>();
  let answered = 0;
  /** Every ticket comes to two devices: one of them is online, the other uploads what it did without network. */
  const work = async (place: number): Promise<void> => {
    const own = tickets.filter((_, number) => number % DEVICES === place || (number + 1) % DEVICES === place);
    for (const [count, { code }] of own.entries()) {
      const scanId = newId();
      ids.add(scanId);
      if (count % 2 === 0) await untilAnswered(socketOf(place), 'checkin.scan', { eventId, code, scanId });
      else {
        const scan = {
          scanId,
          code,
          at: new Date().toISOString(),
          localVerdict: 'ADMITTED',
          deviceSeq: (count + 1) / 2,
        };
        for (const scans of [[scan], [scan, scan]]) {
          await untilAnswered(socketOf(place), 'checkin.sync', { eventId, scans });
        }
      }
      answered += 1;
    }
  };
  const all = Promise.all(devices.map((_, place) => work(place)));
  await until(() => answered > TICKETS / 4, { withinMs: 60_000 });
  await cluster.workers[0]?.kill();
  await until(() => answered > TICKETS / 2, { withinMs: 60_000 });
  isDoomed = true;
  await cluster.nodes[1]?.kill();
  await all;
  for (const socket of [...sockets, ...spare]) socket.disconnect();
  expect(await recount(eventId)).toEqual({
    ...{ scans: ids.size, admitted: TICKETS, unfolded: 0, entries: TICKETS, inside: TICKETS },
  });
  const { body } = await http(`${stable}/v1/events/${eventId}/door`, { token: host.token });
  expect(body).toMatchObject({ admitted: TICKETS, inside: TICKETS, expected: TICKETS });
});
