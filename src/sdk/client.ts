import type { Call } from './call.ts';
import { type Chat, createChat } from './chat.ts';
import type { Status } from './connection.ts';
import type { EntryOf, Input, Output, RoomName, SignalData, SignalName } from './contract.ts';
import type { Position } from './gate.ts';
import type { Ready } from './link.ts';
import type { Stop } from './listeners.ts';
import { createMediaUploads, type MediaUploads } from './media.ts';
import type { Outbox } from './outbox.ts';
import { assemble, type Parts } from './parts.ts';
import { createPresence, type Presence } from './presence.ts';
import type { Subscription } from './rooms.ts';
import type { SignIn } from './session.ts';
import { createStage, type Stage } from './stage.ts';
import type { ClientStorage } from './storage.ts';
import { readToken } from './token.ts';
import type { Watcher } from './watched-room.ts';

export interface ClientOptions {
  /** Where the server is, `https://rally.example`. */
  url: string;
  /** A session got elsewhere. Without the refresh token it ends with the access token. */
  accessToken?: string;
  refreshToken?: string;
  /** Keeps the session and unsent messages between two starts; they are forgotten at the end unless given. */
  storage?: ClientStorage;
}

/** One user's connection to Rally. */
export interface Client {
  /** Takes up the session that was given or stored. @returns whether there is one */
  start: () => Promise<boolean>;
  /** Makes an account and signs in. @returns the user, and the proof of the address that was begun. @throws RallyError */
  register: (input: Input<'account.register'>) => Promise<Registered>;
  /** Shows the server by itself that this device was signed in before, where `storage` has kept it. @throws RallyError */
  login: (input: Input<'session.login'>) => Promise<SignIn['user']>;
  /** Signs out, here in any case. @throws RallyError when the server could not be told */
  logout: () => Promise<void>;
  /** Disconnects; the session and unsent messages stay stored. `start` goes on with them. */
  close: () => void;

  /** Null while nobody is signed in. */
  userId: () => string | null;
  status: () => Status;
  onStatus: (listener: (status: Status) => void) => Stop;
  /** Waits for a connection. @throws RallyError UNREACHABLE after `timeoutMs`, UNAUTHENTICATED when nobody is signed in */
  online: (timeoutMs?: number) => Promise<Ready>;
  /** Ends the present wait for the next attempt to connect. */
  reconnectNow: () => void;
  /** The server's time in milliseconds since 1970; this machine's time until the server's was heard. */
  serverNowMs: () => number;

  call: Call;
  /** Hears a signal that comes to the socket directly, such as `chat.typing`. */
  on: <N extends SignalName>(name: N, listener: (data: SignalData<N>) => void) => Stop;
  /**
   * Watches a room: every entry after `after` (without it: from now on) exactly once and in order, over reconnects and
   * changes of node, or one `onGap`, after which state must be fetched.
   */
  watch: <R extends RoomName>(room: R, watcher: Watcher<EntryOf<R>>, after?: Position) => Subscription;
  chat: (chatId: string) => Chat;
  /** The stage of an event: applause, polls and questions. */
  live: (eventId: string) => Stage;
  media: MediaUploads;
  presence: Presence;
  outbox: Outbox;
}

export type Registered = SignIn['user'] & Pick<Output<'account.register'>, 'verification'>;

const ONLINE_TIMEOUT_MS = 30_000;

/**
 * A client of the Rally server at `url`. Nothing is connected before `start`, `login` or `register`.
 * @throws TypeError for a `url` that is none of http or https
 */
export const createClient = (options: ClientOptions): Client => {
  if (!/^https?:[/][/]/.test(options.url) || !URL.canParse(options.url)) {
    throw new TypeError(`url: ${JSON.stringify(options.url)} must be like https://rally.example`);
  }
  const parts = assemble(options);
  const { session, connection, call, rooms, outbox } = parts;
  // Safe: the server emits under each name what its contract says.
  const on: Client['on'] = (name, listener) => parts.listen(name, listener as (data: unknown) => void);
  const userId = (): string | null => session.held?.userId ?? null;
  return {
    ...accountOf(parts, options),
    userId,
    status: () => connection.status,
    onStatus: connection.onStatus,
    online: async (timeoutMs = ONLINE_TIMEOUT_MS) => (await connection.online(timeoutMs)).ready,
    reconnectNow: () => connection.hurry(),
    serverNowMs: () => session.serverNowMs,
    call,
    on,
    // Safe: a room's log holds what its signals' contracts say.
    watch: (room, watcher, after) => rooms.watch(room, watcher as Watcher, after),
    chat: (chatId) => createChat({ call, rooms, outbox, on, userId, serverNowMs: () => session.serverNowMs }, chatId),
    live: (eventId) => createStage({ call, rooms, on }, eventId),
    media: createMediaUploads({ url: options.url, session, call, on }),
    presence: createPresence({ call, connection, on }),
    outbox,
  };
};

type Account = Pick<Client, 'start' | 'register' | 'login' | 'logout' | 'close'>;

const accountOf = ({ session, connection, call, rooms, outbox }: Parts, options: ClientOptions): Account => {
  const begin = async (): Promise<boolean> => {
    if (!session.held) return false;
    if (session.held.userId) await outbox.open(session.held.userId);
    connection.start();
    return true;
  };
  const leave = (everywhere: boolean): void => {
    connection.stop();
    outbox.close(everywhere);
    rooms.clear();
  };
  const enter = async (signIn: SignIn): Promise<SignIn['user']> => {
    leave(false);
    const { user, ...tokens } = signIn;
    await session.begin({ ...tokens, userId: user.id });
    await begin();
    return user;
  };
  return {
    start: async () => {
      const { accessToken, refreshToken } = options;
      if (accessToken && !session.held) await session.begin({ accessToken, refreshToken, ...readToken(accessToken) });
      await session.load();
      return begin();
    },
    register: async (input) => {
      const { verification, ...signIn } = await call('account.register', input);
      return { ...(await enter(signIn)), verification };
    },
    login: async (input) => {
      const deviceToken = input.deviceToken ?? (await session.deviceToken());
      return enter(await call('session.login', deviceToken === undefined ? input : { ...input, deviceToken }));
    },
    logout: async () => {
      connection.stop();
      try {
        await call('session.logout', {}, { timeoutMs: 5_000 });
      } catch (thrown) {
        await session.forgetDevice();
        throw thrown;
      } finally {
        leave(true);
        await session.end();
      }
    },
    close: () => leave(false),
  };
};
