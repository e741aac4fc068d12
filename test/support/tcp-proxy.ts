import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** How a link is slow. */
export interface Slowness {
  /** Every chunk waits at least so long. */
  delayMs: number;
  /** Every chunk waits up to so much longer. */
  jitterMs: number;
  /** Infinity for a link that carries all at once. */
  bytesPerSecond: number;
}

export interface TcpProxy {
  /** The target's URL with the proxy's address in place of its own. */
  url: string;
  /** Cuts every connection; new ones are taken at once. @returns how many there were */
  cut: () => number;
  /** From now on the link is as slow as this; null for as fast as it can be. */
  slow: (slowness: Slowness | null) => void;
  /**
   * While it is on, bytes vanish, new connections get no answer, and no side hears that the other has gone. What has been
   * swallowed is missing: who turns it off cuts the link.
   */
  swallow: (on: boolean) => void;
  /** Bytes so far that were late because the link was slow, and that vanished. */
  counts: () => { delayed: number; swallowed: number };
  stop: () => Promise<void>;
}

/** Bytes of one direction that may wait in the proxy; beyond it the sender is not read from. */
const MAX_WAITING = 256 * 1_024;

/** One link as it is at this moment. */
interface Link {
  slowness: Slowness | null;
  isSwallowing: boolean;
  delayed: number;
  swallowed: number;
}

/** Carries one direction of a connection; bytes keep their order whatever the link is like. */
const carry = (from: Socket, to: Socket, link: Link): void => {
  let last = Promise.resolve();
  let waiting = 0;

  const passLate = async (chunk: Buffer, dueMs: number): Promise<void> => {
    const bytesPerSecond = link.slowness?.bytesPerSecond ?? Number.POSITIVE_INFINITY;
    const leftMs = dueMs - performance.now() + (chunk.length * 1_000) / bytesPerSecond;
    if (leftMs > 0) await pause(leftMs);
    if (!to.destroyed) to.write(chunk);
    waiting -= chunk.length;
    if (waiting <= MAX_WAITING / 2) from.resume();
  };

  const passAtOnce = (chunk: Buffer): void => {
    if (to.destroyed || to.write(chunk)) return;
    from.pause();
    to.once('drain', () => from.resume());
  };

  from.on('data', (chunk: Buffer) => {
    const { slowness } = link;
    if (link.isSwallowing) {
      link.swallowed += chunk.length;
      return;
    }
    if (slowness === null && waiting === 0) return passAtOnce(chunk);
    if (slowness !== null) link.delayed += chunk.length;
    waiting += chunk.length;
    if (waiting > MAX_WAITING) from.pause();
    const delayMs = slowness === null ? 0 : slowness.delayMs + Math.random() * slowness.jitterMs;
    const dueMs = performance.now() + delayMs;
    last = last.then(() => passLate(chunk, dueMs));
  });
  // What is still on its way arrives before the end does.
  from.on('end', () => {
    if (!link.isSwallowing) void last.then(() => to.end());
  });
  from.on('error', () => {
    if (!link.isSwallowing) to.destroy();
  });
  from.on('close', () => {
    if (!link.isSwallowing) void last.then(() => to.destroySoon());
  });
};

/**
 * A network of its own between one process and one server.
 * @param maxDelayMs each chunk waits a random time up to this, until `slow` says otherwise
 */
export const tcpProxy = async (targetUrl: string, maxDelayMs = 0): Promise<TcpProxy> => {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  const slowness = { delayMs: 0, jitterMs: maxDelayMs, bytesPerSecond: Number.POSITIVE_INFINITY };
  const link: Link = { slowness: maxDelayMs > 0 ? slowness : null, isSwallowing: false, delayed: 0, swallowed: 0 };
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => sockets.delete(socket));
  };
  // A side that has said all may still hear.
  const server: Server = createServer({ allowHalfOpen: true }, (client) => {
    keep(client);
    if (link.isSwallowing) {
      client.on('data', (chunk) => {
        link.swallowed += chunk.length;
      });
      client.on('error', () => undefined);
      return;
    }
    const upstream = connect({ port: Number(target.port), host: target.hostname, allowHalfOpen: true });
    keep(upstream);
    carry(client, upstream, link);
    carry(upstream, client, link);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(targetUrl);
  url.port = String((server.address() as AddressInfo).port);
  const cut = (): number => {
    const clients = [...sockets].filter(({ localPort }) => String(localPort) === url.port);
    for (const socket of sockets) socket.destroy();
    return clients.length;
  };
  return {
    url: targetUrl.endsWith('/') ? url.href : url.href.replace(/\/$/, ''),
    cut,
    slow: (given) => {
      link.slowness = given;
    },
    swallow: (on) => {
      link.isSwallowing = on;
    },
    counts: () => ({ delayed: link.delayed, swallowed: link.swallowed }),
    stop: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
