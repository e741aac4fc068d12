import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Client } from '../../src/sdk/client.ts';
import { OUTBOX_LIMIT } from '../../src/sdk/outbox.ts';
import { memoryStorage } from '../../src/sdk/storage.ts';
import type { Chat } from './fixture/chat.ts';
import { closeClients, connect, restart } from './fixture/people.ts';
import { type Faults, FixtureServer } from './fixture/server.ts';

let server: FixtureServer;
let chat: Chat;
let bob: Client;

beforeEach(async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.02);
  server = await FixtureServer.start();
  chat = server.chat('room-1', ['ann', 'bob']);
  bob = await connect(server, 'bob');
});

afterEach(async () => {
  vi.restoreAllMocks();
  closeClients();
  await server.stop();
});

const bodies = (): string[] => chat.messages.map(({ body }) => body);
const sends = (): Record<string, unknown>[] =>
  server.calls.filter(({ operation }) => operation === 'chat.send').map(({ input }) => input);
const fates = (...turns: ReturnType<Faults['call']>[]): void => {
  server.faults.call = (name) => (name === 'chat.send' ? (turns.shift() ?? 'answer') : 'answer');
};
const storeAndTell = (): void => {
  chat.store();
  server.deliver(chat, 0);
};

test('gives the place in the log first, and word of its storing later', async () => {
  const { accepted, durable, clientId } = bob.chat('room-1').send('hello');
  expect(await accepted).toMatchObject({ seq: 1, epoch: 'epoch-1', duplicate: false });
  expect(bob.outbox.entries('room-1')).toMatchObject([{ clientId, state: 'accepted' }]);
  storeAndTell();
  expect(await durable).toMatchObject({ seq: 1 });
  expect(bob.outbox.entries('room-1')).toEqual([]);
});

test('keeps the order of one chat, however the connection fares', async () => {
  fates('answer', 'cut', { refuse: 'OVERLOADED', retryAfterMs: 20 }, 'answer', {
    refuse: 'RATE_LIMITED',
    retryAfterMs: 20,
  });
  const words = Array.from({ length: 8 }, (_, index) => `word ${index}`);
  const sendings = words.map((word) => bob.chat('room-1').send(word));
  await Promise.all(sendings.map(({ accepted }) => accepted));
  expect(bodies()).toEqual(words);
});

test('repeats under the same client id, so that a message whose answer was lost stands there once', async () => {
  fates('cut', 'cut');
  const { accepted, clientId } = bob.chat('room-1').send('once');
  expect(await accepted).toMatchObject({ duplicate: true });
  expect(sends().map((input) => input.clientId)).toEqual([clientId, clientId, clientId]);
  expect(chat.count(clientId)).toBe(1);
});

test('sends the ids of pictures with every repeat', async () => {
  fates('cut');
  const mediaIds = ['01a205d3-2711-7784-8f78-3c28f4df1bf7'];
  await bob.chat('room-1').send('', { mediaIds }).accepted;
  expect(sends().map((input) => [input.body, input.mediaIds])).toEqual([
    ['', mediaIds],
    ['', mediaIds],
  ]);
});

test('waits for as long as it is told to', async () => {
  fates({ refuse: 'SLOW_MODE', retryAfterMs: 400 });
  const startedAt = Date.now();
  await bob.chat('room-1').send('patience').accepted;
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(395);
});

test('sends what was written while away', async () => {
  const stop = bob.onStatus(({ phase }) => {
    if (phase === 'waiting') bob.chat('room-1').send('written on a train');
  });
  server.cut();
  await vi.waitFor(() => expect(bodies()).toEqual(['written on a train']));
  stop();
});

describe('when the log is lost', () => {
  test('sends again what was not stored, in order and before anything newer', async () => {
    await bob.chat('room-1').send('stored').accepted;
    storeAndTell();
    const lost = [bob.chat('room-1').send('lost 1'), bob.chat('room-1').send('lost 2')];
    await Promise.all(lost.map(({ accepted }) => accepted));
    chat.lose();
    expect(bodies()).toEqual(['stored']);
    server.cut();
    await vi.waitFor(() => expect(bodies()).toEqual(['stored', 'lost 1', 'lost 2']));
    storeAndTell();
    expect(await Promise.all(lost.map(({ durable }) => durable))).toMatchObject([
      { epoch: 'epoch-2' },
      { epoch: 'epoch-2' },
    ]);
  });

  test('does not take a high watermark of the new epoch for word of the old one', async () => {
    const { durable } = bob.chat('room-1').send('accepted under the old epoch');
    await vi.waitFor(() => expect(bob.outbox.entries('room-1')).toMatchObject([{ state: 'accepted' }]));
    chat.lose();
    chat.log.seq = 100;
    storeAndTell();
    await vi.waitFor(() => expect(bodies()).toEqual(['accepted under the old epoch']));
    storeAndTell();
    expect(await durable).toMatchObject({ seq: 101, epoch: 'epoch-2' });
  });
});

describe('a message that is refused for good', () => {
  test('fails its promises, is told, and stays to be tried again', async () => {
    const failures: string[] = [];
    bob.outbox.onFailed(({ entry, error }) => failures.push(`${entry.body}: ${error.code}`));
    fates({ refuse: 'FORBIDDEN' });
    const refused = bob.chat('room-1').send('not now');
    const next = bob.chat('room-1').send('next');
    await expect(refused.accepted).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(refused.durable).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await next.accepted;
    expect(failures).toEqual(['not now: FORBIDDEN']);
    expect(bob.outbox.entries('room-1')[0]).toMatchObject({ state: 'failed', problem: { code: 'FORBIDDEN' } });
    bob.outbox.retry(refused.clientId);
    await vi.waitFor(() => expect(bodies()).toEqual(['next', 'not now']));
  });

  test('goes when it is given up', async () => {
    fates({ refuse: 'FORBIDDEN' });
    const { accepted, clientId } = bob.chat('room-1').send('never mind');
    await expect(accepted).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await bob.outbox.discard(clientId);
    expect(bob.outbox.entries('room-1')).toEqual([]);
  });
});

describe('a message that is taken back', () => {
  test('is not sent when it waits for the network, and fails its promises', async () => {
    fates({ refuse: 'OVERLOADED', retryAfterMs: 40 });
    const first = bob.chat('room-1').send('first');
    const waiting = bob.chat('room-1').send('wrong chat, sorry');
    await bob.outbox.discard(waiting.clientId);
    await expect(waiting.accepted).rejects.toMatchObject({ code: 'DISCARDED' });
    await expect(waiting.durable).rejects.toMatchObject({ code: 'DISCARDED' });
    await first.accepted;
    await bob.chat('room-1').send('after').accepted;
    expect(bodies()).toEqual(['first', 'after']);
  });

  test('is not repeated when its try failed', async () => {
    fates({ refuse: 'OVERLOADED', retryAfterMs: 60_000 });
    const { clientId } = bob.chat('room-1').send('never');
    await vi.waitFor(() => expect(sends()).toHaveLength(1));
    await bob.outbox.discard(clientId);
    expect(bob.outbox.entries('room-1')).toEqual([]);
    expect(bodies()).toEqual([]);
  });

  test('is deleted when it was under way', async () => {
    const { clientId } = bob.chat('room-1').send('under way');
    await bob.outbox.discard(clientId);
    expect(bodies()).toEqual(['']);
    expect(bob.outbox.entries('room-1')).toEqual([]);
  });

  test('is deleted when it has arrived and is not stored yet', async () => {
    const { accepted, clientId } = bob.chat('room-1').send('too late');
    await accepted;
    await bob.outbox.discard(clientId);
    expect(chat.messages).toMatchObject([{ body: '', deletedAt: expect.any(String) }]);
  });

  test('does not come back with a restart', async () => {
    const storage = memoryStorage();
    const ann = await connect(server, 'ann', storage);
    fates({ refuse: 'OVERLOADED', retryAfterMs: 60_000 });
    const { clientId } = ann.chat('room-1').send('never');
    await ann.outbox.discard(clientId);
    ann.close();
    const again = await restart(server, storage);
    await again.online(5_000);
    await again.chat('room-1').send('hello').accepted;
    expect(bodies()).toEqual(['hello']);
  });
});

describe('a chat that one has left', () => {
  test('settles what was stored', async () => {
    const { accepted, durable } = bob.chat('room-1').send('bye');
    await accepted;
    chat.store();
    server.expel(chat, 'bob');
    expect(await durable).toMatchObject({ seq: 1 });
    expect(bob.outbox.entries('room-1')).toEqual([]);
  });

  test('settles what is stored a moment later', async () => {
    const { accepted, durable } = bob.chat('room-1').send('bye');
    await accepted;
    server.expel(chat, 'bob');
    await vi.waitFor(() => expect(sends().length).toBeGreaterThan(1));
    chat.store();
    expect(await durable).toMatchObject({ seq: 1 });
  });

  test('fails what nobody has', async () => {
    const { accepted, durable, clientId } = bob.chat('room-1').send('bye');
    await accepted;
    chat.lose();
    server.expel(chat, 'bob');
    await expect(durable).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(bob.outbox.entries('room-1')).toMatchObject([{ state: 'failed' }]);
    await bob.outbox.discard(clientId);
    expect(bob.outbox.entries('room-1')).toEqual([]);
  });

  test('settles after a restart too', async () => {
    const storage = memoryStorage();
    const ann = await connect(server, 'ann', storage);
    await ann.chat('room-1').send('bye').accepted;
    ann.close();
    chat.store();
    chat.members.delete('ann');
    const again = await restart(server, storage);
    await again.online(5_000);
    await vi.waitFor(() => expect(again.outbox.entries('room-1')).toEqual([]), 5_000);
    expect(await storage.keys('rally:outbox:')).toEqual([]);
  });

  test('tells of what is stored by its watermark again, once one is back', async () => {
    const { accepted, durable } = bob.chat('room-1').send('bye');
    await accepted;
    server.expel(chat, 'bob');
    chat.members.add('bob');
    const { accepted: next, durable: nextDurable } = bob.chat('room-1').send('back again');
    await next;
    await vi.waitFor(() => expect(server.calls.filter(({ operation }) => operation === 'room.watch')).toHaveLength(2));
    storeAndTell();
    await Promise.all([durable, nextDurable]);
    expect(bob.outbox.entries('room-1')).toEqual([]);
  });
});

test('keeps the order written, whatever this machine takes for the time', async () => {
  const storage = memoryStorage();
  const ann = await connect(server, 'ann', storage);
  server.faults.call = (operation) => (operation === 'chat.send' ? 'ignore' : 'answer');
  const clock = vi.spyOn(Date, 'now');
  const now = Date.now();
  clock.mockImplementation(() => now + 3_600_000);
  ann.chat('room-1').send('1');
  ann.chat('room-1').send('2');
  clock.mockRestore();
  ann.close();
  const again = await restart(server, storage);
  await again.online(5_000);
  again.chat('room-1').send('3');
  again.close();
  server.noFaults();
  const last = await restart(server, storage);
  await last.online(5_000);
  await vi.waitFor(() => expect(bodies()).toEqual(['1', '2', '3']), 5_000);
});

test('outlives a restart: what was not stored is taken up again, and stands there once', async () => {
  const storage = memoryStorage();
  const ann = await connect(server, 'ann', storage);
  const first = ann.chat('room-1').send('accepted, not stored');
  await first.accepted;
  fates('ignore');
  const second = ann.chat('room-1').send('never answered');
  await vi.waitFor(() => expect(sends()).toHaveLength(2));
  ann.close();
  await expect(second.accepted).rejects.toMatchObject({ code: 'CLOSED' });
  server.noFaults();
  const again = await restart(server, storage);
  await vi.waitFor(() => expect(bodies()).toEqual(['accepted, not stored', 'never answered']));
  expect(chat.count(first.clientId)).toBe(1);
  storeAndTell();
  await vi.waitFor(() => expect(again.outbox.entries('room-1')).toEqual([]));
  expect(storage.keys('rally:outbox')).toEqual([]);
});

test('sends nothing of one user as another', async () => {
  const storage = memoryStorage();
  const ann = await connect(server, 'ann', storage);
  fates('ignore');
  ann.chat('room-1').send('ann’s own');
  await vi.waitFor(() => expect(sends()).toHaveLength(1));
  await ann.login({ email: 'bob', password: 'correct' });
  server.noFaults();
  await ann.chat('room-1').send('bob’s own').accepted;
  expect(bodies()).toEqual(['bob’s own']);
  await ann.login({ email: 'ann', password: 'correct' });
  await vi.waitFor(() => expect(bodies()).toEqual(['bob’s own', 'ann’s own']));
});

test('holds so many and no more', async () => {
  server.faults.call = () => 'ignore';
  for (let count = 0; count < OUTBOX_LIMIT; count += 1) bob.chat('room-1').send(`${count}`);
  expect(() => bob.chat('room-2').send('one too many')).toThrowError(expect.objectContaining({ code: 'OUTBOX_FULL' }));
});
