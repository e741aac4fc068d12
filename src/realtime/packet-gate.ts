import type { Socket } from 'socket.io';
import { AppError, ERRORS, wireError } from '../kernel/errors.ts';
import { cut } from './frame-writer.ts';

/** What one call may send, in bytes of its encoded packet. */
export const MAX_CALL_BYTES = 64 * 1_024;
/** What a handshake may send: a token has 2 KB at most. */
const MAX_HANDSHAKE_BYTES = 8 * 1_024;
/** Refused handshakes may be tried again on the same connection, but not for ever. */
const MAX_HANDSHAKES = 10;
/** A connection on which nobody has signed in by then is cut. */
const SIGN_IN_WITHIN_MS = 10_000;
/** What a closing connection is given to hear why; then it is cut. */
const CLOSE_GRACE_MS = 1_000;

/** A handshake for the namespace that exists; any other is answered by Socket.IO that it does not. */
const OWN_HANDSHAKE = /^0(?:\/,)?(?:$|{)/;
/** All that a client has to say once it is signed in: a call, with or without acknowledgement; an answer; good-bye. */
const CALL = /^2(\d{0,15})\[/;
const OTHER = /^(?:1$|3\d{1,15}\[)/;

type Connection = Socket['conn'];

interface EnginePacket {
  type: string;
  data?: unknown;
}

interface Standing {
  isSignedIn: boolean;
  isSigningIn: boolean;
  handshakes: number;
  isRefused: boolean;
}

/** Looks at every packet before Socket.IO does, from the first byte of a connection on. */
export interface PacketGate {
  guard: (connection: Connection) => void;
  /** The handshake under way was accepted, or not. */
  decided: (connection: Connection, isSignedIn: boolean) => void;
}

/**
 * Cuts connections that send what no client has to: binary packets, of which Socket.IO would hold any number until the
 * last has come; handshakes without end; packets for other namespaces. A call that is merely too large is answered.
 */
export const createPacketGate = (): PacketGate => {
  const standings = new WeakMap<Connection, Standing>();

  const guard = (connection: Connection): void => {
    const standing: Standing = { isSignedIn: false, isSigningIn: false, handshakes: 0, isRefused: false };
    standings.set(connection, standing);
    const late = setTimeout(() => {
      if (!standing.isSignedIn) cut(connection);
    }, SIGN_IN_WITHIN_MS);
    late.unref();
    connection.once('close', () => clearTimeout(late));
    connection.on('packet', (packet: EnginePacket) => {
      if (packet.type !== 'message' || passes(connection, standing, packet.data)) return;
      // A packet of no known type is dropped by engine.io.
      packet.type = 'refused';
    });
  };

  return {
    guard,
    decided: (connection, isSignedIn) => {
      const standing = standings.get(connection);
      if (!standing) return;
      standing.isSigningIn = false;
      standing.isSignedIn ||= isSignedIn;
    },
  };
};

/** @returns false for a packet that must go no further; the connection has then been answered, or ends */
const passes = (connection: Connection, standing: Standing, data: unknown): boolean => {
  if (standing.isRefused) return false;
  if (typeof data !== 'string') return refuse(connection, standing);
  if (!standing.isSignedIn) return isHandshake(standing, data) || refuse(connection, standing);
  const call = CALL.exec(data);
  if (!call) return OTHER.test(data) || refuse(connection, standing);
  return fits(data) || tooLarge(connection, call[1] ?? '');
};

const isHandshake = (standing: Standing, data: string): boolean => {
  standing.handshakes += 1;
  if (!data.startsWith('0') || Buffer.byteLength(data) > MAX_HANDSHAKE_BYTES) return false;
  if (standing.isSigningIn || standing.handshakes > MAX_HANDSHAKES) return false;
  standing.isSigningIn = OWN_HANDSHAKE.test(data);
  return true;
};

const fits = (data: string): boolean => data.length <= MAX_CALL_BYTES / 4 || Buffer.byteLength(data) <= MAX_CALL_BYTES;

/** Answers a call instead of cutting the connection, which is what the transport's own limit does. */
const tooLarge = (connection: Connection, acknowledgement: string): false => {
  if (acknowledgement === '') return false;
  const error = wireError(new AppError('PAYLOAD_TOO_LARGE', `A call may carry ${MAX_CALL_BYTES} bytes at most.`));
  connection.write(`3${acknowledgement}[${JSON.stringify({ ok: false, error })}]`);
  return false;
};

const refuse = (connection: Connection, standing: Standing): false => {
  standing.isRefused = true;
  if (standing.isSignedIn) sayGoodbye(connection);
  else cut(connection);
  return false;
};

const sayGoodbye = (connection: Connection): void => {
  const reason = { code: 'INVALID_INPUT', retryable: ERRORS.INVALID_INPUT.retryable };
  connection.write(`2["session.closed",${JSON.stringify(reason)}]`);
  connection.close();
  cutSoon(connection);
};

/** Cuts a connection that is closing but whose peer neither reads nor answers, which holds what is unsent. */
export const cutSoon = (connection: Connection): void => {
  setTimeout(cut, CLOSE_GRACE_MS, connection).unref();
};
