import { io, type Socket } from 'socket.io-client';
import { type RallyError, readWireError, reasonOf, unreachable } from './error.ts';
import { createPlaces } from './places.ts';

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
 * Calls under way at once: the server runs as many of one connection and reads no more until one is answered. What waits
 * here and is given up was never sent; what was sent is run in its turn, though nobody waits for it any more, and repeats
 * of it would come on top.
 */
const MAX_UNDER_WAY = 16;
/** A server that leaves a call unanswered for so long will not answer it: another connection may be served better. */
const STUCK_MS = 60_000;
/** Without these nothing else goes right: rooms are taken up again, and the session is kept. */
const UPKEEP = /^(room|session)\./;

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
  const places = createPlaces(MAX_UNDER_WAY);
  let pending = 0;

  /** Its place is taken until the answer comes or the connection ends, however long its caller waits. */
  const send = async (operation: string, input: object): Promise<unknown> => {
    const stuck = setTimeout(() => socket.disconnect(), STUCK_MS);
    try {
      if (!socket.connected) throw unreachable('There is no connection.');
      return await socket.emitWithAck(operation, input);
    } finally {
      clearTimeout(stuck);
      places.give();
    }
  };

  const call: Link['call'] = async (operation, input, timeoutMs) => {
    if (!socket.connected) throw unreachable('There is no connection.');
    const startedAt = Date.now();
    pending += 1;
    try {
      const taken = places.take(timeoutMs, UPKEEP.test(operation));
      if (taken !== true && !(await taken)) {
        throw unreachable(`${operation} got no answer: those before it got none either.`);
      }
      return await answerOf(operation, send(operation, input), timeoutMs - (Date.now() - startedAt));
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

/** @throws Error when it does not come in time */
const inTime = async <Result>(work: Promise<Result>, timeoutMs: number): Promise<Result> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('operation has timed out')), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

const answerOf = async (operation: string, sent: Promise<unknown>, timeoutMs: number): Promise<unknown> => {
  let answer: { ok?: boolean; data?: unknown; error?: unknown } | null;
  try {
    // Safe: every field is looked at before it is believed.
    answer = (await inTime(sent, timeoutMs)) as typeof answer;
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
