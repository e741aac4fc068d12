import { io, type Socket } from 'socket.io-client';
import { type RallyError, readWireError, reasonOf, unreachable } from './error.ts';

/** What the server says of itself when it has accepted a connection. */
export interface Ready {
  userId: string;
  sessionId: string;
  nodeId: string;
  serverTime: string;
}

/** One accepted connection to one node. It never reconnects: a new one is opened instead. */
export interface Link {
  ready: Ready;
  /** @throws RallyError the server's, or UNREACHABLE when the connection ended or no answer came in time */
  call: (operation: string, input: object, timeoutMs: number) => Promise<unknown>;
  /** Calls that were not answered yet. */
  pending: () => number;
  isOpen: () => boolean;
  /** Why it ended, once it has. Never rejects. */
  closed: Promise<RallyError>;
  close: () => void;
}

export interface LinkOptions {
  url: string;
  token: string;
  /** Everything the server emits, `session.*` included. */
  onSignal: (link: Link, name: string, payload: unknown) => void;
}

/** From dialling to `session.ready`. */
const OPEN_TIMEOUT_MS = 10_000;

/**
 * Opens a connection and waits until the server has accepted it.
 * @throws RallyError the server's refusal, or UNREACHABLE
 */
export const openLink = ({ url, token, onSignal }: LinkOptions): Promise<Link> =>
  new Promise((resolve, reject) => {
    const socket = io(url, { auth: { token }, transports: ['websocket'], forceNew: true, reconnection: false });
    const refuse = (error: RallyError): void => {
      clearTimeout(timer);
      socket.disconnect();
      reject(error);
    };
    const timer = setTimeout(() => refuse(unreachable('The server did not accept the connection.')), OPEN_TIMEOUT_MS);
    socket.once('connect_error', (error) => refuse(readWireError(dataOf(error), refusalOf(url, error))));
    socket.once('session.closed', (payload) => refuse(readWireError(payload, 'The server closed the connection.')));
    socket.once('disconnect', (reason) => refuse(unreachable(`The connection ended: ${reason}.`)));
    socket.once('session.ready', (ready: Ready) => {
      clearTimeout(timer);
      socket.removeAllListeners();
      const link = linkOf(socket, ready);
      socket.onAny((name: string, payload: unknown) => onSignal(link, name, payload));
      resolve(link);
    });
  });

const dataOf = (error: Error): unknown => ('data' in error ? error.data : undefined);

/** Why no connection came about. The transport's own event names the cause where the platform tells it: Node does. */
const refusalOf = (url: string, error: Error): string => {
  const event: unknown = 'description' in error ? error.description : undefined;
  const isTold = typeof event === 'object' && event !== null && 'message' in event && typeof event.message === 'string';
  return [`No connection to ${url}`, reasonOf(error), isTold ? event.message : ''].filter(Boolean).join(': ');
};

const linkOf = (socket: Socket, ready: Ready): Link => {
  let pending = 0;
  const call: Link['call'] = async (operation, input, timeoutMs) => {
    if (!socket.connected) throw unreachable('There is no connection.');
    pending += 1;
    try {
      return await answerOf(socket, { operation, input, timeoutMs });
    } finally {
      pending -= 1;
    }
  };
  return {
    ready,
    call,
    pending: () => pending,
    isOpen: () => socket.connected,
    closed: closingOf(socket),
    close: () => void socket.disconnect(),
  };
};

interface SocketCall {
  operation: string;
  input: object;
  timeoutMs: number;
}

const answerOf = async (socket: Socket, { operation, input, timeoutMs }: SocketCall): Promise<unknown> => {
  let answer: { ok?: boolean; data?: unknown; error?: unknown } | null;
  try {
    answer = await socket.timeout(timeoutMs).emitWithAck(operation, input);
  } catch (thrown) {
    // Either no answer in time, or the connection ended first: what became of the call is unknown.
    throw unreachable(`${operation} got no answer: ${reasonOf(thrown)}.`);
  }
  if (answer?.ok) return answer.data;
  throw readWireError(answer?.error, `${operation} got an answer that cannot be read.`);
};

/** The server names its reason in `session.closed` just before it closes; without one, the network did it. */
const closingOf = (socket: Socket): Promise<RallyError> =>
  new Promise((resolve) => {
    let told: RallyError | undefined;
    socket.on('session.closed', (payload) => {
      told = readWireError(payload, 'The server closed the connection.');
    });
    socket.on('disconnect', (reason) => resolve(told ?? unreachable(`The connection ended: ${reason}.`)));
  });
