import type { ServerResponse } from 'node:http';

const SENTENCE =
  "Sockets are WebSocket only: connect with transports: ['websocket']. Long polling, which clients try first, is not offered.";

/**
 * Tells a client that begins with long polling what to change. engine.io itself would say "Transport unknown", and the
 * client would try again for ever.
 */
export const refusePolling = (request: unknown, response: ServerResponse, next: () => void): void => {
  if (transportOf(request) !== 'polling') {
    next();
    return;
  }
  const problem = { type: 'about:blank', title: 'Bad Request', status: 400, code: 'INVALID_INPUT', retryable: false };
  response.writeHead(400, { 'content-type': 'application/problem+json' });
  response.end(
    JSON.stringify({ ...problem, detail: SENTENCE, issues: [{ path: 'transport', message: 'must be websocket' }] }),
  );
};

/** engine.io has read the query before anything else. */
const transportOf = (request: unknown): unknown => {
  const query = typeof request === 'object' && request !== null && '_query' in request ? request._query : null;
  return typeof query === 'object' && query !== null && 'transport' in query ? query.transport : null;
};
