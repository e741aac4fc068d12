import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Client } from '../../src/sdk/client.ts';
import type { Frame } from '../../src/sdk/gate.ts';
import type { Chat } from './fixture/chat.ts';
import { closeClients, connect } from './fixture/people.ts';
import { FixtureServer } from './fixture/server.ts';

let server: FixtureServer;
let chat: Chat;
let bob: Client;
let heard: string[];
let gaps: { epoch: string; seq: number }[];

beforeEach(async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.02);
  server = await FixtureServer.start();
  chat = server.chat('room-1', ['ann', 'bob']);
  bob = await connect(server, 'bob');
  heard = [];
  gaps = [];
});

afterEach(async () => {
  vi.restoreAllMocks();
  closeClients();
  await server.stop();
});

const say = (body: string): void => {
  chat.send('ann', { clientId: `id-${body}`, body, seq: 0, emoji: '' });
  server.deliver(chat);
};

const follow = async (): Promise<void> => {
  const watcher = {
    onEntries: (entries: { signal: string; data: unknown }[]) =>
      heard.push(...entries.map(({ data }) => (data as { body: string }).body)),
    onGap: (position: { epoch: string; seq: number }) => gaps.push(position),
  };
  const subscription = bob.watch('chat:room-1', watcher);
  await vi.waitFor(() => expect(subscription.position()).not.toBeNull());
};

const watchCalls = (): number => server.calls.filter(({ operation }) => operation === 'room.watch').length;

test('hands on entries once and in order, though frames are repeated and swapped', async () => {
  await follow();
  const late: Frame[] = [];
  server.faults.frames = (frame) => {
    late.push(frame);
    return late.length % 2 === 0
      ? late
          .splice(0)
          .reverse()
          .flatMap((each) => [each, each])
      : [];
  };
  for (let number = 1; number <= 20; number += 1) say(`${number}`);
  await vi.waitFor(() => expect(heard).toHaveLength(20));
  expect(heard).toEqual(Array.from({ length: 20 }, (_, index) => `${index + 1}`));
  expect(gaps).toEqual([]);
});

test('fetches what a frame left out', async () => {
  await follow();
  server.faults.frames = () => [];
  say('lost on the way');
  server.noFaults();
  say('next');
  await vi.waitFor(() => expect(heard).toEqual(['lost on the way', 'next']));
  expect(watchCalls()).toBe(2);
});

test('catches up after a reconnect with one call for all rooms', async () => {
  const others = Array.from({ length: 19 }, (_, index) => server.chat(`other-${index}`, ['bob']));
  const positions = others.map(({ id }) => bob.watch(`chat:${id}`, {}).position);
  await follow();
  await vi.waitFor(() => expect(positions.every((position) => position() !== null)).toBe(true));
  server.cut();
  say('while away');
  await vi.waitFor(() => expect(heard).toEqual(['while away']));
  expect(server.calls.filter(({ operation }) => operation === 'room.resume')).toHaveLength(1);
  expect(gaps).toEqual([]);
});

test('takes up many rooms by twenties', async () => {
  const others = Array.from({ length: 45 }, (_, index) => server.chat(`other-${index}`, ['bob']));
  const positions = others.map(({ id }) => bob.watch(`chat:${id}`, {}).position);
  await vi.waitFor(() => expect(positions.every((position) => position() !== null)).toBe(true));
  server.cut();
  const sizes = (): number[] =>
    server.calls.flatMap(({ operation, input }) =>
      operation === 'room.resume' ? [(input.rooms as unknown[]).length] : [],
    );
  await vi.waitFor(() => expect(sizes()).toEqual([20, 20, 5]));
});

test('says when it is too far behind, and goes on from there', async () => {
  await follow();
  server.cut();
  say('missed for good');
  chat.store();
  chat.log.trim();
  await vi.waitFor(() => expect(gaps).toEqual([{ epoch: 'epoch-1', seq: 1 }]));
  say('and on');
  await vi.waitFor(() => expect(heard).toEqual(['and on']));
});

test('tells a log that was begun anew from the old one, though numbers repeat', async () => {
  await follow();
  say('stored');
  chat.store();
  say('lost with the log');
  await vi.waitFor(() => expect(heard).toHaveLength(2));
  chat.lose();
  say('under the old number');
  await vi.waitFor(() => expect(gaps).toHaveLength(1));
  expect(gaps[0]?.epoch).toBe('epoch-2');
  say('after');
  await vi.waitFor(() => expect(heard.at(-1)).toBe('after'));
});

test('lets several watch one room, each from its own place', async () => {
  await follow();
  say('first');
  await vi.waitFor(() => expect(heard).toEqual(['first']));
  const late: string[] = [];
  bob.watch(
    'chat:room-1',
    { onEntries: (entries) => late.push(...entries.map(({ data }) => ('body' in data ? data.body : ''))) },
    { epoch: 'epoch-1', seq: 0 },
  );
  say('second');
  await vi.waitFor(() => expect(late).toEqual(['first', 'second']));
  expect(heard).toEqual(['first', 'second']);
});

test('asks once for all who begin to watch a room at the same time', async () => {
  const subscriptions = Array.from({ length: 5 }, () => bob.watch('chat:room-1', {}));
  await vi.waitFor(() => expect(subscriptions.every(({ position }) => position() !== null)).toBe(true));
  expect(watchCalls()).toBe(1);
});

test('takes the server’s word that it read too slowly', async () => {
  await follow();
  for (const socket of server.sockets) {
    socket.emit('room.gap', { room: 'chat:room-1', epoch: 'epoch-1', seq: 7, durable: 7 });
  }
  await vi.waitFor(() => expect(gaps).toEqual([{ epoch: 'epoch-1', seq: 7 }]));
});

test('closes a room that may not be watched, and one that was left', async () => {
  const closed: string[] = [];
  bob.watch('chat:room-9', { onClosed: ({ code }) => closed.push(code) });
  await vi.waitFor(() => expect(closed).toEqual(['NOT_FOUND']));
  const subscription = bob.watch('chat:room-1', { onClosed: ({ code }) => closed.push(code) });
  await vi.waitFor(() => expect(subscription.position()).not.toBeNull());
  for (const socket of server.sockets) socket.emit('room.left', { room: 'chat:room-1', seq: 1 });
  await vi.waitFor(() => expect(closed).toEqual(['NOT_FOUND', 'NOT_FOUND']));
});

test('closes a room that is refused at the reconnect, and keeps the others', async () => {
  const closed: string[] = [];
  server.chat('room-2', ['bob']);
  const subscription = bob.watch('chat:room-2', { onClosed: ({ code }) => closed.push(code) });
  await vi.waitFor(() => expect(subscription.position()).not.toBeNull());
  await follow();
  server.chats.get('room-2')?.members.delete('bob');
  server.cut();
  await vi.waitFor(() => expect(closed).toEqual(['NOT_FOUND']));
  say('still here');
  await vi.waitFor(() => expect(heard).toEqual(['still here']));
});

test('stops asking the server for a room that nobody watches any more', async () => {
  const subscription = bob.watch('chat:room-1', {});
  await vi.waitFor(() => expect(subscription.position()).not.toBeNull());
  subscription.stop();
  await vi.waitFor(() => expect(server.calls.at(-1)?.operation).toBe('room.unwatch'), { timeout: 4_000 });
});
