import { uuidv7 } from 'uuidv7';
import { RallyError, signedOut } from './error.ts';
import { createListeners } from './listeners.ts';
import type { ClientStorage } from './storage.ts';

/** What signing in gives. */
export interface SignIn {
  user: { id: string; username: string };
  accessToken: string;
  refreshToken: string;
  /** When the access token ends, ISO 8601. */
  expiresAt: string;
}

/** A session as it is kept. */
export interface HeldSession extends Omit<SignIn, 'user' | 'refreshToken'> {
  userId: string | undefined;
  /** Absent for a client that was given an access token only: it cannot renew. */
  refreshToken?: string | undefined;
  /**
   * Made when the refresh token was received. A renewal whose answer was lost is repeated with it, also by another tab,
   * and gets the same pair; without it the repeat would look like a stolen token and end the session.
   */
  renewalKey: string;
  /** The token is renewed before it is used when less than this is left of it. */
  marginMs: number;
}

export interface SessionOptions {
  storage: ClientStorage;
  /** Calls `session.renew`. */
  renew: (refreshToken: string, idempotencyKey: string) => Promise<Omit<SignIn, 'user'>>;
}

const KEY = 'rally:session';
/** Outlives the session: the last refresh token that was kept. */
const DEVICE_KEY = 'rally:device';
const MAX_MARGIN_MS = 30_000;

/** Who is signed in, and a token that is good right now. */
export class Session {
  readonly #options: SessionOptions;
  readonly #changed = createListeners<HeldSession | null>();
  #held: HeldSession | null = null;
  #renewing: Promise<string> | undefined;
  #serverAheadMs = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get held(): HeldSession | null {
    return this.#held;
  }

  /** Told of signing in, every renewal, and null at signing out. */
  get onChange(): (listener: (held: HeldSession | null) => void) => () => void {
    return this.#changed.add;
  }

  /** Takes up the session that an earlier start left in storage. */
  async load(): Promise<void> {
    this.#held ??= await this.#stored();
  }

  async begin(signIn: Omit<HeldSession, 'renewalKey' | 'marginMs'>): Promise<void> {
    await this.#take(signIn, true);
  }

  async end(forget = true): Promise<void> {
    this.#held = null;
    if (forget) await this.#options.storage.remove(KEY);
    this.#changed.tell(null);
  }

  /**
   * Shows the server that this device was signed in before, so that nobody keeps its user out by guessing their password
   * from elsewhere; undefined on a device that is new.
   */
  async deviceToken(): Promise<string | undefined> {
    return (await this.#options.storage.get(DEVICE_KEY)) ?? undefined;
  }

  /** For a session that may not have ended on the server: what is kept of it could still be used. */
  async forgetDevice(): Promise<void> {
    await this.#options.storage.remove(DEVICE_KEY);
  }

  /** Corrects for a clock of this machine that is wrong. */
  noteServerTime(serverTime: string): void {
    this.#serverAheadMs = Date.parse(serverTime) - Date.now();
  }

  /** What the server's clock says now, in milliseconds since 1970. */
  get serverNowMs(): number {
    return Date.now() + this.#serverAheadMs;
  }

  /** How long until the token should be renewed; Infinity for one that cannot be. */
  get renewInMs(): number {
    if (!this.#held?.refreshToken) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#leftMs(this.#held) - 2 * this.#held.marginMs);
  }

  /** @throws RallyError UNAUTHENTICATED when nobody is signed in, or what the renewal threw */
  async freshToken(): Promise<string> {
    if (!this.#held) throw signedOut();
    if (!this.#held.refreshToken || this.#isFresh(this.#held)) return this.#held.accessToken;
    return this.renew();
  }

  /** Exchanges the pair for a new one; callers at the same time share one exchange. */
  renew(): Promise<string> {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async #renew(): Promise<string> {
    const stored = await this.#stored();
    // Another tab may have signed in as someone else: the storage is theirs now, and this session lives on in memory.
    const isOurs = !stored || !this.#held || stored.userId === this.#held.userId;
    if (stored && isOurs && stored.refreshToken !== this.#held?.refreshToken && this.#isFresh(stored)) {
      // Another tab was first.
      this.#held = stored;
      this.#changed.tell(stored);
      return stored.accessToken;
    }
    const held = (isOurs && stored) || this.#held;
    if (!held?.refreshToken) throw signedOut('The session cannot be renewed: sign in again.');
    try {
      const { accessToken, refreshToken, expiresAt } = await this.#options.renew(held.refreshToken, held.renewalKey);
      await this.#take({ accessToken, refreshToken, expiresAt, userId: held.userId }, isOurs);
      return accessToken;
    } catch (thrown) {
      if (endsSession(thrown)) await this.end(isOurs);
      throw thrown;
    }
  }

  async #take(signIn: Omit<HeldSession, 'renewalKey' | 'marginMs'>, store: boolean): Promise<void> {
    // A share of its life, so that a short-lived token is not renewed without end.
    const marginMs = Math.min(MAX_MARGIN_MS, this.#leftMs(signIn) / 4);
    this.#held = { ...signIn, renewalKey: uuidv7(), marginMs };
    if (store) await this.#options.storage.set(KEY, JSON.stringify(this.#held));
    if (store && signIn.refreshToken) await this.#options.storage.set(DEVICE_KEY, signIn.refreshToken);
    this.#changed.tell(this.#held);
  }

  #isFresh(held: HeldSession): boolean {
    return this.#leftMs(held) > held.marginMs;
  }

  #leftMs({ expiresAt }: Pick<HeldSession, 'expiresAt'>): number {
    return Date.parse(expiresAt) - this.serverNowMs;
  }

  async #stored(): Promise<HeldSession | null> {
    const text = await this.#options.storage.get(KEY);
    // Safe: only `begin` writes this key, and what it writes is this very shape.
    return text === null ? null : (JSON.parse(text) as HeldSession);
  }
}

const ENDING = new Set(['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'FORBIDDEN', 'NOT_FOUND', 'GONE', 'INVALID_INPUT']);

const endsSession = (thrown: unknown): boolean => thrown instanceof RallyError && ENDING.has(thrown.code);
