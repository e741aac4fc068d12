import type { Socket } from 'socket.io';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { newId } from '../../src/platform/ids.ts';
import { type Connection, createConnections } from '../../src/realtime/connections.ts';
import { createExpiry } from '../../src/realtime/expiry.ts';
import { until } from '../support/until.ts';

/** How long after its end a token may still be renewed. */
const GRACE_MS = 25_000;

/** A connection whose token ended so long ago, and what its socket was told. */
const connectionOf = (endedMs: number) => {
  const told: string[] = [];
  const socket = {
    emit: (name: string) => told.push(name),
    disconnect: (close: boolean) => told.push(close ? 'closed' : 'left'),
  };
  const connection = {
    id: newId(),
    // Only what an ending needs of a socket.
    socket: socket as unknown as Socket,
    tokenExpiresAt: new Date(Date.now() - endedMs),
  } as Connection;
  return { connection, told };
};

test('a socket whose token ended and was not renewed is closed, and told why before', async () => {
  const connections = createConnections();
  const { connection, told } = connectionOf(GRACE_MS - 100);
  connections.add(connection);
  createExpiry(connections, systemClock).arm(connection);
  await until(() => told.length >= 3);
  expect(told).toEqual(['session.expiring', 'session.closed', 'closed']);
});

test('a token that was renewed in time ends nothing', async () => {
  const connections = createConnections();
  const [renewed, ended] = [connectionOf(GRACE_MS - 600), connectionOf(GRACE_MS - 900)];
  const expiry = createExpiry(connections, systemClock);
  for (const { connection } of [renewed, ended]) {
    connections.add(connection);
    expiry.arm(connection);
  }
  await until(() => renewed.told.length === 1);
  renewed.connection.tokenExpiresAt = new Date(Date.now() + 900_000);
  expiry.rearm(renewed.connection.id);
  await until(() => ended.told.includes('closed'));
  expect(renewed.told).toEqual(['session.expiring']);
  expiry.disarm(renewed.connection.id);
});
