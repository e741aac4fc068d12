import { expect, test } from 'vitest';
import type { Call } from '../../src/sdk/call.ts';
import type { Status } from '../../src/sdk/connection.ts';
import type { SignalData } from '../../src/sdk/contract.ts';
import { createPresence, type PresenceView } from '../../src/sdk/presence.ts';
import { until } from '../support/until.ts';

const ONLINE: Status = {
  phase: 'online',
  ready: { userId: 'u', sessionId: 's', nodeId: 'n', serverTime: '2026-11-30T00:00:00.000Z' },
};

/** A server that says the same of everybody, and counts what it is asked. */
const open = () => {
  const asked: string[][] = [];
  let seen: Pick<PresenceView, 'status' | 'lastSeenAt'> = { status: 'ONLINE', lastSeenAt: null };
  let tellStatus: (status: Status) => void = () => undefined;
  let tell: (data: SignalData<'presence.changed'>) => void = () => undefined;
  const call = async (name: string, input: { userIds?: string[] } = {}) => {
    if (name !== 'presence.watch') return {};
    asked.push(input.userIds ?? []);
    return { users: (input.userIds ?? []).map((userId) => ({ userId, ...seen })) };
  };
  const presence = createPresence({
    // Safe: it answers as the contracts of the calls that presence makes.
    call: call as unknown as Call,
    connection: {
      onStatus: (listener: (status: Status) => void) => {
        tellStatus = listener;
        return () => undefined;
      },
    },
    on: (_name, listener) => {
      tell = listener;
      return () => undefined;
    },
  });
  return {
    presence,
    asked,
    reconnect: () => tellStatus(ONLINE),
    signOut: () => tellStatus({ phase: 'signedOut' }),
    say: (status: PresenceView['status']) => {
      seen = { status, lastSeenAt: null };
    },
    tell: (changes: PresenceView[]) => tell({ changes }),
  };
};

const ids = (count: number): string[] => Array.from({ length: count }, (_, nth) => `user-${nth}`);

test('whom one follows is followed again on a new connection, and only what is different is told', async () => {
  const server = open();
  const heard: PresenceView[][] = [];
  server.presence.onChange((changes) => heard.push(changes));
  expect(await server.presence.watch(['a', 'b', 'a'])).toHaveLength(2);
  expect(heard).toHaveLength(1);
  server.tell([{ userId: 'b', status: 'BUSY', lastSeenAt: null }]);
  server.reconnect();
  await until(() => server.asked.length === 2);
  await until(() => heard.length === 3);
  expect(server.asked[1]).toEqual(['a', 'b']);
  expect(heard[2]).toEqual([{ userId: 'b', status: 'ONLINE', lastSeenAt: null }]);
  expect(server.presence.of('b')?.status).toBe('ONLINE');
});

test('many are followed in parts that the server takes, and nobody is after unwatch or signing out', async () => {
  const server = open();
  await server.presence.watch(ids(450));
  expect(server.asked.map((part) => part.length)).toEqual([200, 200, 50]);
  await server.presence.unwatch(ids(449));
  expect(server.presence.of('user-0')).toBeUndefined();
  server.reconnect();
  await until(() => server.asked.length === 4);
  expect(server.asked[3]).toEqual(['user-449']);
  server.signOut();
  server.reconnect();
  expect(server.asked).toHaveLength(4);
});
