import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { call, connect, http, type Person, register } from '../support/people.ts';

const SEATS = 40;
const BUYERS = 400;
/** Each may hold two unpaid seats at most: enough for all seats, and some more. */
const SESSIONS = 24;

let cluster: Cluster;
let databaseUrl: string;

beforeAll(async () => {
  databaseUrl = await freshDatabase();
  cluster = await startCluster({ databaseUrl, redisUrl: await freshRedis(), nodes: 2, workers: 2 });
});
afterAll(() => cluster?.stop());

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

const sell = async (nodeUrl: string, token: string) => {
  const body = {
    title: 'On sale',
    description: 'Everybody at once',
    startDate: inHours(48),
    endDate: inHours(50),
    ticketTypes: [{ name: 'Seat', price: 50_000, capacity: SEATS }],
  };
  const { body: event } = await http(`${nodeUrl}/v1/events`, { token, body });
  const { body: live } = await http(`${nodeUrl}/v1/events/${String(event.id)}/publish`, { token, body: {} });
  // Safe: the contract's shape.
  const [type] = live.ticketTypes as { id: string }[];
  return { eventId: String(event.id), ticketTypeId: type?.id ?? '' };
};

/** A few at a time: a password costs the server CPU, and nothing here is about that. */
const signUp = async (urls: string[]): Promise<Person[]> => {
  const people: Person[] = [];
  while (people.length < SESSIONS) people.push(...(await Promise.all(urls.map((url) => register(url)))));
  return people.slice(0, SESSIONS);
};

test(`${BUYERS} buyers over two nodes and two workers get exactly ${SEATS} seats, two a person at most, the others none`, async () => {
  const urls = cluster.nodes.map(({ url }) => url);
  const people = await signUp(urls);
  const [host] = people;
  const { eventId, ticketTypeId } = await sell(urls[0] ?? '', host?.token ?? '');
  const sockets = people.map((person, place) => connect(urls[place % 2] ?? '', person));

  const buy = async (place: number): Promise<string> => {
    const input = { eventId, items: [{ ticketTypeId, quantity: 1 }], idempotencyKey: randomUUID() };
    for (;;) {
      const socket = sockets[place % SESSIONS];
      if (!socket) throw new Error('no socket');
      const answer = await call(socket, 'booking.create', input);
      if (answer.ok) return (answer.data as { id: string }).id;
      if (!answer.error.retryable) return answer.error.code;
      await new Promise((resolve) => setTimeout(resolve, answer.error.retryAfterMs ?? 100));
    }
  };
  const answers = await Promise.all(Array.from({ length: BUYERS }, (_, place) => buy(place)));
  for (const socket of sockets) socket.disconnect();

  const isRefusal = (answer: string) => answer === 'SOLD_OUT' || answer === 'CONFLICT';
  expect(answers.filter(isRefusal)).toHaveLength(BUYERS - SEATS);
  expect(new Set(answers.filter((answer) => !isRefusal(answer))).size).toBe(SEATS);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    `SELECT (SELECT held FROM events WHERE id = $1) AS event, (SELECT held FROM ticket_types WHERE id = $2) AS type,
      (SELECT sum(quantity)::int FROM inventory_holds WHERE event_id = $1 AND state = 'HELD') AS rows,
      (SELECT count(*)::int FROM bookings WHERE event_id = $1 AND status = 'HELD') AS bookings,
      (SELECT max(count)::int FROM (SELECT count(*) FROM bookings WHERE event_id = $1 GROUP BY user_id) AS own) AS most`,
    [eventId, ticketTypeId],
  );
  await client.end();
  expect(rows).toEqual([{ event: SEATS, type: SEATS, rows: SEATS, bookings: SEATS, most: 2 }]);
}, 120_000);
