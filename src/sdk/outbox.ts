import { uuidv7 } from 'uuidv7';
import type { Receipt } from './contract.ts';
import { RallyError } from './error.ts';
import { Lane } from './lane.ts';
import { createListeners, type Stop } from './listeners.ts';
import { createOutboxStore, type OutboxStore, type Unsent } from './outbox-store.ts';
import type { Rooms } from './rooms.ts';
import { createSendings, type Sending } from './sendings.ts';
import type { ClientStorage } from './storage.ts';

/** What the writer gives. */
export interface Draft {
  body: string;
  /** Ids of uploaded pictures, which is all that is kept of them: a picture is uploaded before its message is written. */
  mediaIds?: readonly string[] | undefined;
  replyToSeq?: number | undefined;
  /** A message whose words are sent; then the body is empty and there are no pictures. */
  forwardOf?: { chatId: string; seq: number } | undefined;
}

export interface OutboxOptions {
  storage: ClientStorage;
  rooms: Rooms;
  isOnline: () => boolean;
  /** Sends once. @throws RallyError */
  send: (entry: Unsent) => Promise<Receipt>;
  /** Deletes a message that was sent. @throws RallyError */
  remove: (entry: Unsent, receipt: Receipt) => Promise<unknown>;
}

/** What was accepted is stored within a second; so long without word of it, and the room is asked for again. */
const REMIND_MS = 10_000;

interface Held {
  lane: Lane;
  reminder: ReturnType<typeof setTimeout> | undefined;
  /** Null once the room may no longer be watched. */
  stopWatching: Stop | null;
}

const discarded = (): RallyError =>
  new RallyError({ code: 'DISCARDED', message: 'The message was taken back.', retryable: false });

/** Messages that may be unsent at once, over all chats; one more is refused with OUTBOX_FULL. */
export const OUTBOX_LIMIT = 1_000;

/**
 * Messages on their way. Each is kept until PostgreSQL has it, sent again after whatever was lost, and arrives once:
 * every repeat carries the client id it was given here.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #lanes = new Map<string, Held>();
  readonly #sendings = createSendings();
  readonly #changed = createListeners<string>();
  readonly #failed = createListeners<{ entry: Unsent; error: RallyError }>();
  #store: OutboxStore | null = null;
  #lastPlace = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
    options.rooms.onWatermark((watermark) => {
      this.#lanes.get(watermark.room.slice('chat:'.length))?.lane.watermark(watermark);
      this.flush();
    });
  }

  /** Told the id of a chat whose unsent messages changed. */
  get onChange(): (listener: (chatId: string) => void) => Stop {
    return this.#changed.add;
  }

  /** Told of every message that was refused for good. */
  get onFailed(): (listener: (failure: { entry: Unsent; error: RallyError }) => void) => Stop {
    return this.#failed.add;
  }

  /** What is on its way in one chat, oldest first. */
  entries(chatId: string): readonly Unsent[] {
    return this.#lanes.get(chatId)?.lane.entries ?? [];
  }

  /** Takes up what this user's earlier start left unsent. */
  async open(userId: string): Promise<void> {
    if (this.#store) return;
    this.#store = createOutboxStore(this.#options.storage, userId);
    for (const entry of await this.#store.load()) {
      this.#lastPlace = Math.max(this.#lastPlace, entry.place ?? 0);
      if (!this.#find(entry.clientId)) this.#lane(entry.chatId).add(entry);
      this.#changed.tell(entry.chatId);
    }
  }

  /** @throws RallyError OUTBOX_FULL */
  add(chatId: string, draft: Draft): Sending {
    const count = [...this.#lanes.values()].reduce((sum, { lane }) => sum + lane.entries.length, 0);
    if (count >= OUTBOX_LIMIT) {
      throw new RallyError({ code: 'OUTBOX_FULL', message: 'Too many messages wait to be sent.', retryable: true });
    }
    const entry: Unsent = {
      clientId: uuidv7(),
      chatId,
      ...draft,
      createdAt: new Date().toISOString(),
      place: this.#lastPlace + 1,
      state: 'queued',
    };
    this.#lastPlace += 1;
    this.#store?.save(entry);
    const sending = this.#sendings.begin(entry.clientId);
    const lane = this.#lane(chatId);
    lane.add(entry);
    this.#changed.tell(chatId);
    void lane.pump();
    return sending;
  }

  /** Sends a failed message once more, in its old place. */
  retry(clientId: string): void {
    const entry = this.#find(clientId);
    if (entry?.state !== 'failed') return;
    entry.state = 'queued';
    entry.problem = undefined;
    this.#store?.save(entry);
    this.#changed.tell(entry.chatId);
    void this.#lane(entry.chatId).pump();
  }

  /**
   * Takes a message back, whatever has become of it: it is not sent any more, and what has arrived, or is under way at this
   * moment, is deleted for everybody. Its promises are rejected with DISCARDED. Where an answer was lost it may have arrived
   * all the same; it is then an own message like others.
   * @throws RallyError when what has arrived could not be deleted
   */
  discard(clientId: string): Promise<void> {
    const entry = this.#find(clientId);
    if (!entry) return Promise.resolve();
    this.#sendings.fail(clientId, discarded());
    const underWay = this.#lanes.get(entry.chatId)?.lane.discard(entry) ?? null;
    const done = underWay === null ? this.#takeBack(entry) : underWay.then(() => this.#takeBack(entry));
    // Who does not wait for it is not to be stopped by an unhandled rejection.
    done.catch(() => undefined);
    return done;
  }

  /** Goes on over a new connection. */
  resume(): void {
    for (const [chatId, held] of this.#lanes) if (held.stopWatching === null) this.#watch(chatId, held);
    this.flush();
  }

  /** Sends what is queued, in every chat. */
  flush(): void {
    for (const { lane } of this.#lanes.values()) void lane.pump();
  }

  /** Forgets all messages here; with `everywhere`, what is stored too. */
  close(everywhere: boolean): void {
    for (const { lane, stopWatching, reminder } of this.#lanes.values()) {
      stopWatching?.();
      clearTimeout(reminder);
      if (everywhere) for (const entry of lane.entries) this.#store?.remove(entry);
      lane.close();
    }
    const chats = [...this.#lanes.keys()];
    this.#lanes.clear();
    this.#store = null;
    this.#sendings.failAll(new RallyError({ code: 'CLOSED', message: 'The client was closed.', retryable: false }));
    for (const chatId of chats) this.#changed.tell(chatId);
  }

  #find(clientId: string): Unsent | undefined {
    for (const { lane } of this.#lanes.values()) {
      const found = lane.entries.find((entry) => entry.clientId === clientId);
      if (found) return found;
    }
    return undefined;
  }

  /** The chat's lane; while it has messages its room is watched, for the watermark. */
  #lane(chatId: string): Lane {
    const existing = this.#lanes.get(chatId);
    if (existing) {
      if (existing.stopWatching === null) this.#watch(chatId, existing);
      return existing.lane;
    }
    const lane = new Lane({
      send: this.#options.send,
      isOnline: this.#options.isOnline,
      onAccepted: (entry) => this.#accepted(entry),
      onFailed: (entry, error) => this.#refused(entry, error),
      onDurable: (entry) => this.#stored(entry),
    });
    const held: Held = { lane, stopWatching: null, reminder: undefined };
    this.#lanes.set(chatId, held);
    this.#watch(chatId, held);
    return lane;
  }

  /** Where the room may no longer be watched, no watermark tells what is stored: it is asked for. */
  #watch(chatId: string, held: Held): void {
    const { stop } = this.#options.rooms.watch(`chat:${chatId}`, {
      onClosed: () => {
        held.stopWatching = null;
        void held.lane.confirm(() => this.#watch(chatId, held));
      },
    });
    held.stopWatching = stop;
  }

  async #takeBack(entry: Unsent): Promise<void> {
    const { receipt } = entry;
    this.#drop(entry);
    if (receipt) await this.#options.remove(entry, receipt);
  }

  #accepted(entry: Unsent): void {
    this.#store?.save(entry);
    if (entry.receipt) this.#sendings.accepted(entry.clientId, entry.receipt);
    this.#remind(entry.chatId);
    this.#changed.tell(entry.chatId);
  }

  /** Words of what is stored may be lost, and watching may have ended before anything was accepted. */
  #remind(chatId: string): void {
    const held = this.#lanes.get(chatId);
    if (!held || held.reminder !== undefined) return;
    held.reminder = setTimeout(() => {
      held.reminder = undefined;
      if (this.#lanes.get(chatId) !== held || !held.lane.isWaiting) return;
      if (held.stopWatching === null) this.#watch(chatId, held);
      else this.#options.rooms.askAgain(`chat:${chatId}`);
      this.#remind(chatId);
    }, REMIND_MS);
  }

  #stored(entry: Unsent): void {
    if (entry.receipt) this.#sendings.durable(entry.clientId, entry.receipt);
    this.#drop(entry);
  }

  #refused(entry: Unsent, error: RallyError): void {
    this.#store?.save(entry);
    this.#sendings.fail(entry.clientId, error);
    this.#changed.tell(entry.chatId);
    this.#failed.tell({ entry, error });
  }

  #drop(entry: Unsent): void {
    this.#store?.remove(entry);
    const held = this.#lanes.get(entry.chatId);
    held?.lane.remove(entry);
    if (held?.lane.entries.length === 0) {
      held.stopWatching?.();
      clearTimeout(held.reminder);
      this.#lanes.delete(entry.chatId);
    }
    this.#changed.tell(entry.chatId);
  }
}
