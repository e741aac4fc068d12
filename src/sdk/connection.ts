import { backoffMs, pause } from './backoff.ts';
import { type RallyError, signedOut, toRallyError, unreachable } from './error.ts';
import type { Link, Ready } from './link.ts';
import { createListeners, type Stop } from './listeners.ts';

/** How the client stands with the server. `ready.nodeId` names the node it is on. */
export type Status =
  | { phase: 'signedOut'; error?: RallyError }
  | { phase: 'connecting' }
  | { phase: 'online'; ready: Ready }
  | { phase: 'waiting'; retryAtMs: number; error: RallyError };

export interface ConnectionOptions {
  /** Opens a link with a token that is good now. */
  open: () => Promise<Link>;
  /** Takes up work on a new link: watching rooms again, sending what waits. The link it replaces stays open until then. */
  onLink: (link: Link) => Promise<void>;
}

/** A link that lived this long was a good one: the next wait starts from the shortest again. */
const STABLE_MS = 5_000;
/** How long a replaced link may go on waiting for its last answers. */
const RETIRE_MS = 5_000;
/** After these a new attempt with the same session is pointless. */
const FINAL = new Set(['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'FORBIDDEN']);

/** Keeps one link open for as long as it is wanted: waits between attempts, and moves to a new node when asked to. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #changed = createListeners<Status>();
  #status: Status = { phase: 'signedOut' };
  #link: Link | null = null;
  #wanted: AbortController | null = null;
  #hurry = new AbortController();

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  get status(): Status {
    return this.#status;
  }

  get onStatus(): (listener: (status: Status) => void) => Stop {
    return this.#changed.add;
  }

  /** The link to use now; null while there is none. */
  get link(): Link | null {
    return this.#link?.isOpen() ? this.#link : null;
  }

  start(): void {
    if (this.#wanted) return;
    this.#wanted = new AbortController();
    void this.#keepOpen(this.#wanted.signal);
  }

  stop(error?: RallyError): void {
    this.#wanted?.abort();
    this.#wanted = null;
    this.#link?.close();
    this.#link = null;
    this.#become(error ? { phase: 'signedOut', error } : { phase: 'signedOut' });
  }

  /** Ends the present wait: the network is known to be back. */
  hurry(): void {
    this.#hurry.abort();
    this.#hurry = new AbortController();
  }

  /** @throws RallyError UNREACHABLE when no link is open in time, UNAUTHENTICATED when none is wanted */
  async online(timeoutMs: number): Promise<Link> {
    if (this.link) return this.link;
    if (this.#status.phase === 'signedOut') throw this.#status.error ?? signedOut();
    const change = new AbortController();
    const stop = this.#changed.add(() => change.abort());
    const startedAt = Date.now();
    await pause(timeoutMs, change.signal);
    stop();
    const leftMs = timeoutMs - (Date.now() - startedAt);
    if (this.link || leftMs > 0) return this.online(Math.max(0, leftMs));
    throw this.#status.phase === 'waiting' ? this.#status.error : unreachable('There is no connection to the server.');
  }

  /** Obeys `session.drain`: at that moment a second link is opened, work moves over, and only then the first is closed. */
  async drain(old: Link, afterMs: number): Promise<void> {
    const wanted = this.#wanted?.signal;
    await pause(afterMs, wanted);
    if (wanted === undefined || wanted.aborted || this.#link !== old || !old.isOpen()) return;
    try {
      const link = await this.#options.open();
      if (wanted.aborted) return link.close();
      await this.#adopt(link);
      await retire(old);
    } catch {
      // The old link still works; when the server closes it, the ordinary way back applies.
    }
  }

  async #keepOpen(wanted: AbortSignal): Promise<void> {
    for (let attempt = 0; !wanted.aborted; attempt += 1) {
      this.#become({ phase: 'connecting' });
      const openedAt = Date.now();
      const ending = await this.#openAndStay(wanted);
      if (wanted.aborted) return;
      if (FINAL.has(ending.error.code) && !ending.mayRenew) return this.stop(ending.error);
      if (ending.opened && Date.now() - openedAt > STABLE_MS) attempt = 0;
      await this.#wait(Math.max(ending.error.retryAfterMs ?? 0, 0) + backoffMs(attempt), ending.error);
    }
  }

  /** Opens a link and stays on it, and on each that replaces it, until the last one ends. */
  async #openAndStay(wanted: AbortSignal): Promise<{ error: RallyError; opened: boolean; mayRenew: boolean }> {
    let link: Link;
    try {
      link = await this.#options.open();
    } catch (thrown) {
      return { error: toRallyError(thrown), opened: false, mayRenew: false };
    }
    if (wanted.aborted) {
      link.close();
      return { error: signedOut(), opened: true, mayRenew: false };
    }
    void this.#adopt(link);
    for (;;) {
      const stayedOn: Link = this.#link ?? link;
      const error = await stayedOn.closed;
      // A token that ended while the machine slept is renewed by the next attempt.
      if (this.#link === stayedOn || wanted.aborted)
        return { error, opened: true, mayRenew: error.code === 'TOKEN_EXPIRED' };
    }
  }

  async #adopt(link: Link): Promise<void> {
    this.#link = link;
    this.#become({ phase: 'online', ready: link.ready });
    await this.#options.onLink(link);
  }

  async #wait(delayMs: number, error: RallyError): Promise<void> {
    this.#become({ phase: 'waiting', retryAtMs: Date.now() + delayMs, error });
    await pause(delayMs, AbortSignal.any([this.#hurry.signal, ...(this.#wanted ? [this.#wanted.signal] : [])]));
  }

  #become(status: Status): void {
    this.#status = status;
    this.#changed.tell(status);
  }
}

const retire = async (link: Link): Promise<void> => {
  for (let waitedMs = 0; link.pending() > 0 && waitedMs < RETIRE_MS; waitedMs += 50) await pause(50);
  link.close();
};
