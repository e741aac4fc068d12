import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Metrics } from '../platform/metrics.ts';
import { createUnread, type Reader } from '../platform/unread.ts';

/** Requests of one connection that wait for the answers before them. Who sends more than this many ahead is cut. */
const MAX_WAITING = 100;

interface Line {
  isBusy: boolean;
  waiting: [IncomingMessage, ServerResponse][];
}

/**
 * Serves the requests of one connection in their order, the next one when the answer before it has been taken by the
 * network: so a process holds one answer for each connection, and cuts those that do not read theirs.
 */
export const inTurn = (
  listener: RequestListener,
  { slowConsumers }: Pick<Metrics, 'slowConsumers'>,
): RequestListener => {
  const lines = new WeakMap<Socket, Line>();
  const unread = createUnread<Socket>(() => slowConsumers.inc({ action: 'close' }));

  const begin = (line: Line, [request, response]: Line['waiting'][number]): void => {
    const { socket } = request;
    line.isBusy = true;
    unread.watch(socket, readerOf(socket));
    response.once('close', () => {
      unread.forget(socket);
      line.isBusy = false;
      const next = line.waiting.shift();
      if (!next) return;
      if (socket.destroyed) line.waiting.length = 0;
      else begin(line, next);
    });
    listener(request, response);
  };

  return (request, response) => {
    const { socket } = request;
    const line = lines.get(socket) ?? { isBusy: false, waiting: [] };
    lines.set(socket, line);
    if (!line.isBusy) begin(line, [request, response]);
    else if (line.waiting.length < MAX_WAITING) line.waiting.push([request, response]);
    else socket.destroy();
  };
};

const readerOf = (socket: Socket): Reader => ({
  pendingBytes: () => socket.writableLength,
  takenBytes: () => socket.bytesWritten - socket.writableLength,
  cut: () => void socket.destroy(),
});
