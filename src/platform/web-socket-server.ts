import { type ServerOptions, WebSocketServer } from 'ws';

/**
 * Bounds of one connection beside the size of a message, which engine.io sets: what arrives in crumbs costs a node many
 * times its bytes until the message is whole, and a pong is held for every ping whose answer nobody reads.
 */
const BOUNDS = {
  maxFragments: 64,
  maxBufferedChunks: 1_024,
  maxPendingAutoPongs: 4,
  /** How long a peer may take to answer that the connection is closed; then it is cut. */
  closeTimeout: 1_000,
};

/** The server that engine.io makes for itself, with these bounds. It is called by `new`, so no arrow function. */
export function boundedWebSocketServer(options: ServerOptions): WebSocketServer {
  return new WebSocketServer({ ...options, ...BOUNDS });
}
