import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export interface TcpProxy {
  /** The target's URL with the proxy's address in place of its own. */
  url: string;
  /** Cuts every connection; new ones are taken at once. */
  cut: () => void;
  stop: () => Promise<void>;
}

/** Delays each chunk by a random time up to `maxDelayMs` without changing the order of bytes. */
const delayed = (from: Socket, to: Socket, maxDelayMs: number): void => {
  let free = Promise.resolve();
  from.on('data', (chunk: Buffer) => {
    const due = performance.now() + Math.random() * maxDelayMs;
    free = free.then(async () => {
      const leftMs = due - performance.now();
      if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs));
      to.write(chunk);
    });
  });
  from.on('error', () => to.destroy());
  from.on('close', () => to.destroy());
};

/** A network of its own between one process and one server. */
export const tcpProxy = async (targetUrl: string, maxDelayMs = 0): Promise<TcpProxy> => {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.once('close', () => sockets.delete(socket));
    }
    delayed(client, upstream, maxDelayMs);
    delayed(upstream, client, maxDelayMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(targetUrl);
  url.port = String((server.address() as AddressInfo).port);
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut,
    stop: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
