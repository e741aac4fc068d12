import { type Call, createCall } from './call.ts';
import { Connection } from './connection.ts';
import type { Receipt } from './contract.ts';
import { RallyError, signedOut, unreachable } from './error.ts';
import type { Answer, Frame } from './gate.ts';
import { callOverHttp } from './http.ts';
import { type Link, openLink } from './link.ts';
import { createListeners, type Listeners, type Stop } from './listeners.ts';
import { operations } from './operations.ts';
import { Outbox } from './outbox.ts';
import type { Unsent } from './outbox-store.ts';
import { Rooms } from './rooms.ts';
import { Session, type SignIn } from './session.ts';
import { type ClientStorage, memoryStorage } from './storage.ts';
import { createTokenUpkeep, type TokenUpkeep } from './token-upkeep.ts';

/** What a client is made of. */
export interface Parts {
  session: Session;
  connection: Connection;
  call: Call;
  rooms: Rooms;
  outbox: Outbox;
  /** Hears everything the server emits under a name. */
  listen: (name: string, listener: (payload: unknown) => void) => Stop;
}

const CALL_TIMEOUT_MS = 10_000;

/** Makes the parts and ties them together. */
export const assemble = ({ url, storage = memoryStorage() }: { url: string; storage?: ClientStorage }): Parts => {
  const session = new Session({ storage, renew: (token, key) => renewOverHttp(url, token, key) });
  const signals = new Map<string, Listeners<unknown>>();
  const connection: Connection = new Connection({
    open: () => openWithSession(url, session, (link, name, payload) => hear({ link, name, payload })),
    onLink: async (link) => {
      session.noteServerTime(link.ready.serverTime);
      upkeep.schedule();
      await rooms.resume(link);
      outbox.resume();
      signals.get('session.ready')?.tell(link.ready);
    },
  });
  const call = createCall({ url, session, connection });
  const upkeep = createTokenUpkeep(session, connection);
  const rooms = new Rooms(() => connection.link);
  const send = (entry: Unsent): Promise<Receipt> => sendOnce(connection.link, entry);
  const remove = (entry: Unsent, { seq }: Receipt): Promise<unknown> =>
    call('chat.delete', { chatId: entry.chatId, seq });
  const outbox = new Outbox({ storage, rooms, send, remove, isOnline: () => connection.link !== null });
  const hear = createHearing({ connection, rooms, upkeep, signals });
  followSession({ session, connection, outbox, rooms, upkeep });
  const listen: Parts['listen'] = (name, listener) => {
    const listeners = signals.get(name) ?? createListeners<unknown>();
    signals.set(name, listeners);
    return listeners.add(listener);
  };
  return { session, connection, call, rooms, outbox, listen };
};

const renewOverHttp = async (url: string, refreshToken: string, idempotencyKey: string): Promise<SignIn> => {
  const contract = operations.get('session.renew');
  if (!contract) throw new TypeError('The contracts have no session.renew');
  const call = { contract, input: { refreshToken }, idempotencyKey, timeoutMs: CALL_TIMEOUT_MS };
  // Safe: the answer of this very operation.
  return (await callOverHttp(url, call)) as SignIn;
};

type OnSignal = (link: Link, name: string, payload: unknown) => void;

/** A token that the server finds too old, whatever this machine's clock says, is renewed once. */
const openWithSession = async (url: string, session: Session, onSignal: OnSignal): Promise<Link> => {
  try {
    return await openLink({ url, token: await session.freshToken(), onSignal });
  } catch (thrown) {
    const isStale = thrown instanceof RallyError && STALE.has(thrown.code);
    if (!isStale || !session.held?.refreshToken) throw thrown;
    return openLink({ url, token: await session.renew(), onSignal });
  }
};

const STALE = new Set(['TOKEN_EXPIRED', 'UNAUTHENTICATED']);

const sendOnce = async (link: Link | null, entry: Unsent): Promise<Receipt> => {
  if (!link) throw unreachable('There is no connection.');
  const { chatId, clientId, body, mediaIds, replyToSeq, forwardOf } = entry;
  const pictures = mediaIds === undefined ? {} : { mediaIds };
  const reply = replyToSeq === undefined ? {} : { replyToSeq };
  const forward = forwardOf === undefined ? {} : { forwardOf };
  const input = { chatId, clientId, body, ...pictures, ...reply, ...forward };
  // Safe: the answer of this very operation.
  return (await link.call('chat.send', input, CALL_TIMEOUT_MS)) as Receipt;
};

interface Heard {
  link: Link;
  name: string;
  payload: unknown;
}

interface Hearing {
  connection: Connection;
  rooms: Rooms;
  upkeep: TokenUpkeep;
  signals: ReadonlyMap<string, Listeners<unknown>>;
}

/** Acts on the signals that are the client's own business, and passes every one on. */
const createHearing =
  ({ connection, rooms, upkeep, signals }: Hearing) =>
  ({ link, name, payload }: Heard): void => {
    if (name === 'room.entries') rooms.frame(payload as Frame);
    else if (name === 'room.gap') rooms.gap(payload as Omit<Answer, 'mode' | 'entries'>);
    else if (name === 'room.left') rooms.left((payload as { room: string }).room);
    else if (name === 'session.expiring') void upkeep.refresh();
    else if (name === 'session.drain') void connection.drain(link, (payload as { afterMs: number }).afterMs);
    signals.get(name)?.tell(payload);
  };

/** When the session ends everything ends with it, and the other way round; unsent messages stay stored. */
const followSession = (
  parts: Pick<Parts, 'session' | 'connection' | 'outbox' | 'rooms'> & { upkeep: TokenUpkeep },
): void => {
  const { session, connection, outbox, rooms, upkeep } = parts;
  session.onChange((held) => {
    if (held) return upkeep.schedule();
    upkeep.stop();
    outbox.close(false);
    rooms.clear();
    if (connection.status.phase !== 'signedOut') connection.stop(signedOut('The session has ended: sign in again.'));
  });
  connection.onStatus((status) => {
    if (status.phase !== 'signedOut') return;
    upkeep.stop();
    if (status.error?.code === 'UNAUTHENTICATED' && session.held) void session.end();
  });
};
