import type { Server } from 'node:http';
import { createServer } from 'node:net';

export interface Listener {
  /** Takes no new connections; those that are open stay. */
  close: () => void;
}

const listening = (server: { once: Server['once'] }, start: () => void): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
    start();
  });

/**
 * Listens on `port`, which cluster workers share, and with an index also alone on `port + index`, so that a client can
 * choose its node.
 * @throws Error when a port is taken
 */
export const listen = async (server: Server, port: number, index: number | undefined): Promise<Listener> => {
  await listening(server, () => server.listen(port));
  if (index === undefined) return { close: () => server.close() };
  const own = createServer((socket) => server.emit('connection', socket));
  // `exclusive`: the cluster's primary must not hand these connections to another node.
  await listening(own as unknown as Server, () => own.listen({ port: port + index, exclusive: true }));
  return {
    close: () => {
      server.close();
      own.close();
    },
  };
};
