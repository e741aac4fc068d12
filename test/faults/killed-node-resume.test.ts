import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { ask, connect, type Person, register } from '../support/people.ts';
import { until } from '../support/until.ts';

const CLIENTS = 50;
const MISSED = 100;

let cluster: Cluster;

beforeAll(async () => {
  cluster = await startCluster({ databaseUrl: await freshDatabase(), redisUrl: await freshRedis() });
}, 60_000);
afterAll(() => cluster?.stop());

interface Answer {
  room: string;
  epoch: string;
  seq: number;
  mode: string;
  entries: { seq: number }[];
}

test('every client of a killed node resumes on another with nothing lost and nothing doubled', async () => {
  const [one, two] = cluster.nodes;
  if (!one || !two) throw new Error('two nodes are needed');
  const members: Person[] = await Promise.all([1, 2, 3, 4, 5].map(() => register(two.url)));
  const sender = connect(two.url, members[0] as Person);
  const { id: chatId } = await ask<{ id: string }>(sender, 'chat.open', {
    kind: 'GROUP',
    title: 'resume',
    memberIds: members.slice(1).map(({ id }) => id),
  });
  const room = `chat:${chatId}`;
  const send = (n: number) => ask(sender, 'chat.send', { chatId, clientId: newId(), body: String(n) });

  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async (_, n) => {
      const person = members[n % members.length] as Person;
      const socket = connect(one.url, person);
      const seqs: number[] = [];
      socket.on('room.entries', (frame: Answer) => seqs.push(...frame.entries.map(({ seq }) => seq)));
      const { epoch, seq } = await ask<Answer>(socket, 'room.watch', { room });
      return { person, seqs, epoch, start: seq };
    }),
  );
  for (let n = 0; n < 20; n += 1) await send(n);
  await until(() => clients.every(({ seqs }) => seqs.length === 20));

  await one.kill();
  for (let n = 0; n < MISSED; n += 1) await send(n);
  const modes = await Promise.all(
    clients.map(async ({ person, seqs, epoch }) => {
      const socket = connect(two.url, person);
      socket.on('room.entries', (frame: Answer) => seqs.push(...frame.entries.map(({ seq }) => seq)));
      // Taken in the acknowledgement itself: frames that follow it in the same packet come before any `await` goes on.
      return new Promise<string>((resolve) => {
        const cursor = { room, epoch, seq: seqs.at(-1) };
        socket.emit('room.resume', { rooms: [cursor] }, ({ data }: { data: { rooms: [Answer] } }) => {
          seqs.push(...data.rooms[0].entries.map(({ seq }) => seq));
          resolve(data.rooms[0].mode);
        });
      });
    }),
  );
  for (let n = 0; n < 20; n += 1) await send(n);
  const total = 20 + MISSED + 20;
  await until(() => clients.every(({ seqs }) => seqs.length >= total));

  expect(modes.filter((mode) => mode === 'replay')).toHaveLength(CLIENTS);
  for (const { seqs, start } of clients) expect(seqs).toEqual(Array.from({ length: total }, (_, n) => start + 1 + n));
}, 120_000);
