import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { type Cluster, startCluster } from '../../../support/cluster.ts';
import { freshDatabase, freshRedis } from '../../../support/databases.ts';
import { ask, call, connect, type Person, register } from '../../../support/people.ts';
import { until } from '../../../support/until.ts';

let cluster: Cluster;
let ann: Person;
let bob: Person;
const sockets: Socket[] = [];

beforeAll(async () => {
  cluster = await startCluster({ databaseUrl: await freshDatabase(), redisUrl: await freshRedis() });
  [ann, bob] = await Promise.all([register(urlOf(0)), register(urlOf(1))]);
});

afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await cluster.stop();
});

const urlOf = (node: number): string => cluster.nodes[node]?.url ?? '';

interface Entry {
  seq: number;
  signal: string;
  data: Record<string, unknown>;
}

/** A device that notes all it is sent. */
const device = (person: Person, node: number) => {
  const socket = connect(urlOf(node), person);
  const entries: (Entry & { room: string })[] = [];
  const typing: { room: string; users: string[]; count: number }[] = [];
  socket.on('room.entries', (frame: { room: string; entries: Entry[] }) => {
    entries.push(...frame.entries.map((entry) => ({ ...entry, room: frame.room })));
  });
  socket.on('chat.typing', (frame: { room: string; users: string[]; count: number }) => typing.push(frame));
  sockets.push(socket);
  return { socket, entries, typing };
};

const openGroup = async (socket: Socket): Promise<string> => {
  const input = { kind: 'GROUP', title: 'Friends', memberIds: [bob.id] };
  return (await ask<{ id: string }>(socket, 'chat.open', input)).id;
};
const send = (socket: Socket, chatId: string) => ask(socket, 'chat.send', { chatId, clientId: newId(), body: 'hello' });

describe('on live sockets of two nodes', () => {
  test('who is removed stops receiving everywhere and can neither watch nor resume', async () => {
    const owner = device(ann, 0);
    const devices = [device(bob, 0), device(bob, 1)];
    const chatId = await openGroup(owner.socket);
    const room = `chat:${chatId}`;
    const watched = await Promise.all(
      devices.map(({ socket }) => ask<{ epoch: string; seq: number }>(socket, 'room.watch', { room })),
    );
    await ask(devices[0]?.socket ?? owner.socket, 'room.watch', { room: `user:${bob.id}` });
    await send(owner.socket, chatId);
    await until(() => devices.every(({ entries }) => entries.some(({ signal }) => signal === 'chat.sent')));

    await ask(owner.socket, 'chat.removeMember', { chatId, userId: bob.id });
    const removedAtMs = performance.now();
    const leftBy = ({ entries }: { entries: Entry[] }) => entries.find(({ signal }) => signal === 'chat.memberLeft');
    await until(() => devices.every((each) => leftBy(each)), { withinMs: 1_000, what: 'the end of the membership' });
    expect(performance.now() - removedAtMs).toBeLessThan(1_000);
    const heard = devices.map(({ entries }) => entries.filter((entry) => entry.room === room).length);

    for (let index = 0; index < 20; index += 1) await send(owner.socket, chatId);
    const history = await ask<{ items: unknown[] }>(owner.socket, 'chat.history', { chatId });
    expect(history.items).toHaveLength(21);
    for (const [index, { socket, entries }] of devices.entries()) {
      const at = watched[index];
      const again = await call(socket, 'room.watch', { room, after: { epoch: at?.epoch, seq: at?.seq } });
      expect(again).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
      const resumed = await ask<{ rooms: { mode: string }[] }>(socket, 'room.resume', {
        rooms: [{ room, epoch: at?.epoch, seq: at?.seq }],
      });
      expect(resumed.rooms).toMatchObject([{ mode: 'refused' }]);
      expect(await call(socket, 'chat.send', { chatId, clientId: newId(), body: 'x' })).toMatchObject({ ok: false });
      // Its answers came after whatever would have been sent to it before.
      expect(entries.filter((entry) => entry.room === room)).toHaveLength(heard[index] ?? -1);
    }
    await until(() => devices[0]?.entries.some((entry) => entry.room === `user:${bob.id}`));
  });

  test('typing is heard on the other node, by those who watch and no one else', async () => {
    const owner = device(ann, 0);
    const [watching, away] = [device(bob, 1), device(bob, 1)];
    const chatId = await openGroup(owner.socket);
    await ask(watching.socket, 'room.watch', { room: `chat:${chatId}` });
    await ask(owner.socket, 'chat.type', { chatId });
    await until(() => watching.typing.length > 0);
    expect(watching.typing).toEqual([{ room: `chat:${chatId}`, users: [ann.id], count: 1 }]);
    expect(away.typing).toEqual([]);
  });

  test('a click on one node is seen as a total on the other, and a read as a pointer', async () => {
    const owner = device(ann, 0);
    const other = device(bob, 1);
    const chatId = await openGroup(owner.socket);
    await ask(owner.socket, 'room.watch', { room: `chat:${chatId}` });
    await send(owner.socket, chatId);
    await ask(other.socket, 'chat.react', { chatId, seq: 1, emoji: '🔥' });
    await ask(other.socket, 'chat.read', { chatId, seq: 1 });
    await until(() => owner.entries.some(({ signal }) => signal === 'chat.readTo'));
    expect(owner.entries.map(({ seq, signal, data }) => [seq, signal, data])).toMatchObject([
      [1, 'chat.sent', { body: 'hello' }],
      [2, 'chat.reacted', { seq: 1, reactions: { '🔥': 1 } }],
      [3, 'chat.readTo', { reads: [{ userId: bob.id, seq: 1 }] }],
    ]);
    expect(JSON.stringify(owner.entries)).not.toContain('changes');
  });
});
