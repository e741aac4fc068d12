import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ChatState } from '../../src/sdk/chat-follower.ts';
import type { Client } from '../../src/sdk/client.ts';
import type { Chat } from './fixture/chat.ts';
import { closeClients, connect } from './fixture/people.ts';
import { FixtureServer } from './fixture/server.ts';

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

const say = (body: string): void => {
  chat.send('ann', { clientId: `id-${body}`, body, seq: 0, emoji: '' });
  server.deliver(chat);
};

const bodiesOf = ({ timeline }: ChatState): string[] | undefined => timeline?.messages.map(({ body }) => body);

test('begins with the history and goes on with the log, without a seam', async () => {
  say('before');
  const following = bob.chat('room-1').follow(() => undefined);
  await vi.waitFor(() => expect(bodiesOf(following.state())).toEqual(['before']));
  say('after');
  await vi.waitFor(() => expect(following.state().timeline?.messages).toEqual(chat.messages));
  expect(following.state().chat).toMatchObject({ id: 'room-1' });
});

test('shows an own message at once, and never twice', async () => {
  const shown: string[][] = [];
  const following = bob.chat('room-1').follow(({ timeline, echoes }) => {
    shown.push([...(timeline?.messages ?? []), ...echoes].map(({ body }) => body));
  });
  await vi.waitFor(() => expect(following.state().timeline).not.toBeNull());
  const { accepted } = bob.chat('room-1').send('mine');
  expect(following.state().echoes).toMatchObject([{ body: 'mine', state: 'queued' }]);
  await accepted;
  await vi.waitFor(() => expect(bodiesOf(following.state())).toEqual(['mine']));
  expect(following.state().echoes).toEqual([]);
  const once = shown.slice(shown.findIndex((bodies) => bodies.length > 0));
  expect(once.every((bodies) => bodies.length === 1)).toBe(true);
});

test('keeps a refused message in sight', async () => {
  const following = bob.chat('room-1').follow(() => undefined);
  server.faults.call = (name) => (name === 'chat.send' ? { refuse: 'FORBIDDEN' } : 'answer');
  bob.chat('room-1').send('no');
  await vi.waitFor(() => expect(following.state().echoes).toMatchObject([{ body: 'no', state: 'failed' }]));
});

test('loads what was said earlier, page by page', async () => {
  for (let number = 1; number <= 120; number += 1) say(`${number}`);
  const following = bob.chat('room-1').follow(() => undefined);
  await vi.waitFor(() => expect(bodiesOf(following.state())).toHaveLength(50));
  await following.loadOlder();
  await following.loadOlder();
  await following.loadOlder();
  expect(following.state().timeline).toMatchObject({ olderCursor: null });
  expect(following.state().timeline?.messages).toEqual(chat.messages);
});

test('a page that is on its way misses no change', async () => {
  for (let number = 1; number <= 60; number += 1) say(`${number}`);
  const following = bob.chat('room-1').follow(() => undefined);
  await vi.waitFor(() => expect(bodiesOf(following.state())).toHaveLength(50));
  const answer = chat.history.bind(chat);
  vi.spyOn(chat, 'history').mockImplementation((range) => {
    const stale = answer(range);
    chat.edit('ann', { seq: 1, body: 'edited after the page was read', clientId: '', emoji: '' });
    server.deliver(chat);
    return stale;
  });
  await following.loadOlder();
  await vi.waitFor(() => expect(following.state().timeline?.messages).toEqual(chat.messages));
});

test('takes a new snapshot after a gap', async () => {
  const following = bob.chat('room-1').follow(() => undefined);
  say('stored');
  await vi.waitFor(() => expect(bodiesOf(following.state())).toEqual(['stored']));
  chat.store();
  say('lost with the log');
  await vi.waitFor(() => expect(bodiesOf(following.state())).toHaveLength(2));
  chat.lose();
  say('under the same number');
  await vi.waitFor(() => expect(bodiesOf(following.state())).toEqual(['stored', 'under the same number']));
});

test('asks anew for a message whose pictures’ addresses have run out when it hears of it', async () => {
  const following = bob.chat('room-1').follow(() => undefined);
  await vi.waitFor(() => expect(following.state().chat).not.toBeNull());
  const asked = vi.spyOn(chat, 'history');
  const hear = (clientId: string, atMs: number): void => {
    const data = { id: clientId, clientId, body: '', media: [] };
    const entry = chat.log.append({ signal: 'chat.sent', by: 'ann', data, counted: true });
    entry.at = new Date(atMs).toISOString();
    server.deliver(chat);
  };
  hear('fresh', Date.now());
  await vi.waitFor(() => expect(following.state().timeline?.position.seq).toBe(1));
  expect(asked).not.toHaveBeenCalled();
  hear('old', Date.now() - 25 * 3_600_000);
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
});

test('marks own reactions', async () => {
  say('hello');
  const following = bob.chat('room-1').follow(() => undefined);
  await vi.waitFor(() => expect(bodiesOf(following.state())).toHaveLength(1));
  await following.react(1, '🔥', true);
  await vi.waitFor(() =>
    expect(following.state().timeline?.messages[0]).toMatchObject({ reactions: { '🔥': 1 }, mine: ['🔥'] }),
  );
  await following.react(1, '🔥', false);
  await vi.waitFor(() => expect(following.state().timeline?.messages[0]).toMatchObject({ reactions: {}, mine: [] }));
});

test('says when the chat may no longer be read', async () => {
  const following = bob.chat('elsewhere').follow(() => undefined);
  await vi.waitFor(() => expect(following.state().closed).toMatchObject({ code: 'NOT_FOUND' }));
});
