import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpListener } from '../../../../src/http/listener.ts';
import { type EventWorld, openEventWorld } from '../../../domains/events/support/event-world.ts';

/** An event world that is served over HTTP, pages included. */
export interface PagesWorld extends EventWorld {
  url: string;
  /** The text of a page that must be there. */
  page: (path: string, headers?: Record<string, string>) => Promise<string>;
}

export const openPagesWorld = async (environment: Record<string, string> = {}): Promise<PagesWorld> => {
  const world = await openEventWorld(environment);
  const { platform, operations, runtime } = world;
  const parts = { platform, domains: [{ operations }], runtime, isDraining: () => false };
  const server = createServer(createHttpListener(parts));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    ...world,
    url,
    page: async (path, headers = {}) => {
      const answer = await fetch(`${url}${path}`, { headers, redirect: 'manual' });
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text.slice(0, 300)}`);
      return text;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await world.close();
    },
  };
};
