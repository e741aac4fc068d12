import { backoffMs, pause } from './backoff.ts';
import type { Call } from './call.ts';
import type { Entry, Output, Person, SignalData, SignalName } from './contract.ts';
import { type RallyError, toRallyError } from './error.ts';
import type { Position } from './gate.ts';
import type { Stop } from './listeners.ts';
import type { Outbox } from './outbox.ts';
import type { Unsent } from './outbox-store.ts';
import type { Rooms } from './rooms.ts';
import { applyEntry, markMine, prependPage, startTimeline, type Timeline } from './timeline.ts';

/** Everything a chat's page shows. */
export interface ChatState {
  /** The chat and its first members; null until it is loaded. */
  chat: Output<'chat.get'> | null;
  /** Null until the history is loaded. */
  timeline: Timeline | null;
  /** Who is or was seen here, by user id. */
  people: Readonly<Record<string, Person>>;
  /** Own messages whose entries have not arrived: on their way, or failed. */
  echoes: readonly Unsent[];
  /** Set when the chat may no longer be read. */
  closed: RallyError | null;
}

/** A chat that is followed. */
export interface Following {
  state: () => ChatState;
  /** Loads the page before the earliest message, if there is one. @throws RallyError */
  loadOlder: () => Promise<void>;
  /** Adds or takes back an own reaction. @throws RallyError */
  react: (seq: number, emoji: string, on: boolean) => Promise<void>;
  stop: Stop;
}

export interface ChatEnvironment {
  call: Call;
  rooms: Rooms;
  outbox: Outbox;
  /** This machine's clock may be days off. */
  serverNowMs: () => number;
  /** Hears a signal that comes to the socket directly. */
  on: <N extends SignalName>(name: N, listener: (data: SignalData<N>) => void) => Stop;
  userId: () => string | null;
}

const PAGE_SIZE = 50;
/** Entries after which the chat itself, or who is in it, is another. */
const ABOUT_THE_CHAT: ReadonlySet<string> = new Set([
  ...['chat.memberJoined', 'chat.memberLeft', 'chat.updated', 'chat.roleChanged', 'chat.slowed'],
]);
/** Entries that wait while a page is loaded. More than this, and the page is loaded again instead. */
const MAX_WAITING = 1_000;
/** Addresses of pictures are good for at least this long; those in older entries are asked for anew. */
const ADDRESSES_GOOD_MS = 24 * 60 * 60 * 1_000;

/** Keeps one chat's state: snapshot first, the log from the snapshot's place on, a new snapshot after a gap. */
export class ChatFollower implements Following {
  readonly #environment: ChatEnvironment;
  readonly #chatId: string;
  readonly #onChange: (state: ChatState) => void;
  #state: ChatState = { chat: null, timeline: null, people: {}, echoes: [], closed: null };
  #stops: Stop[] = [];
  #stopped = false;
  /** Entries that arrived while a page was on its way; null while none is. */
  #since: Entry[] | null = null;
  /** Set from a gap until the new snapshot is here: entries of the new epoch do not fit the old state. */
  #stale = false;
  #loading: Promise<void> = Promise.resolve();

  constructor(environment: ChatEnvironment, chatId: string, onChange: (state: ChatState) => void) {
    this.#environment = environment;
    this.#chatId = chatId;
    this.#onChange = onChange;
  }

  state(): ChatState {
    return this.#state;
  }

  start(): void {
    const { outbox, on } = this.#environment;
    this.#stops.push(outbox.onChange((chatId) => chatId === this.#chatId && this.#update({})));
    // The log of a large chat names no readers, not even to their own devices, which may miss the signal.
    this.#stops.push(on('chat.markedRead', ({ chatId, seq }) => chatId === this.#chatId && this.#ownReadTo(seq)));
    this.#stops.push(on('chat.viewChanged', ({ chatId, own }) => chatId === this.#chatId && this.#ownView(own)));
    this.#stops.push(on('session.ready', () => this.#state.chat && void this.#untilDone(() => this.#loadChat())));
    this.#update({});
    void this.#untilDone(async () => {
      const timeline = await this.#snapshot();
      this.#update({ timeline });
      this.#watch(timeline.position);
      await this.#loadChat();
    });
  }

  stop(): void {
    this.#stopped = true;
    for (const stop of this.#stops) stop();
  }

  loadOlder(): Promise<void> {
    return this.#oneAtATime(async () => {
      const before = this.#state.timeline?.olderCursor;
      if (!before) return;
      const page = await this.#collecting(() => this.#history({ before }));
      this.#addPeople(page.people);
      if (this.#state.timeline) this.#update({ timeline: prependPage(this.#state.timeline, page, page.since) });
    });
  }

  async react(seq: number, emoji: string, on: boolean): Promise<void> {
    await this.#environment.call(on ? 'chat.react' : 'chat.unreact', { chatId: this.#chatId, seq, emoji });
    if (this.#state.timeline) this.#update({ timeline: markMine(this.#state.timeline, seq, { emoji, on }) });
  }

  #watch(after: Position): void {
    const { rooms } = this.#environment;
    const watcher = {
      // Safe: a chat's log holds what the contracts say it does.
      onEntries: (entries: unknown[]) => this.#apply(entries as Entry[]),
      onGap: () => {
        this.#stale = true;
        void this.#untilDone(() => this.#oneAtATime(() => this.#reload()));
      },
      onClosed: (closed: RallyError) => this.#update({ closed }),
    };
    if (!this.#stopped) this.#stops.push(rooms.watch(`chat:${this.#chatId}`, watcher, after).stop);
  }

  #apply(entries: Entry[]): void {
    if (this.#since && this.#since.length <= MAX_WAITING) this.#since.push(...entries);
    const { timeline } = this.#state;
    if (timeline && !this.#stale) this.#update({ timeline: entries.reduce(applyEntry, timeline) });
    const nowMs = this.#environment.serverNowMs();
    if (entries.some((entry) => hasOldAddresses(entry, nowMs)))
      void this.#untilDone(() => this.#oneAtATime(() => this.#reload()));
    if (entries.some(({ signal }) => ABOUT_THE_CHAT.has(signal))) void this.#untilDone(() => this.#loadChat());
  }

  async #reload(): Promise<void> {
    const { since, ...timeline } = await this.#collecting(() => this.#snapshot());
    this.#stale = false;
    this.#update({ timeline: since.reduce(applyEntry, { ...timeline, readTo: this.#state.timeline?.readTo ?? {} }) });
    await this.#loadChat();
  }

  async #snapshot(): Promise<Timeline> {
    const page = await this.#history({});
    this.#addPeople(page.people);
    return startTimeline(page);
  }

  #history(range: { before?: number }): Promise<Output<'chat.history'>> {
    return this.#environment.call('chat.history', { chatId: this.#chatId, limit: PAGE_SIZE, ...range });
  }

  /** The chat itself. After the history, so that no read pointer falls between the two. */
  async #loadChat(): Promise<void> {
    const chat = await this.#environment.call('chat.get', { chatId: this.#chatId });
    this.#addPeople(chat.members);
    const { timeline } = this.#state;
    if (!timeline) return this.#update({ chat });
    const readTo = { ...timeline.readTo };
    const own = { userId: this.#environment.userId() ?? '', lastReadSeq: chat.lastReadSeq };
    for (const { userId, lastReadSeq } of [...chat.members, own]) {
      readTo[userId] = Math.max(lastReadSeq, readTo[userId] ?? 0);
    }
    this.#update({ chat, timeline: { ...timeline, readTo } });
  }

  #ownReadTo(seq: number): void {
    const { timeline } = this.#state;
    const userId = this.#environment.userId();
    if (!timeline || userId === null || seq <= (timeline.readTo[userId] ?? 0)) return;
    this.#update({ timeline: { ...timeline, readTo: { ...timeline.readTo, [userId]: seq } } });
  }

  #ownView(own: SignalData<'chat.viewChanged'>['own']): void {
    const { chat } = this.#state;
    if (chat) this.#update({ chat: { ...chat, own } });
  }

  /** Loads something and gives with it the entries that arrived meanwhile. */
  async #collecting<T>(load: () => Promise<T>): Promise<T & { since: Entry[] }> {
    for (;;) {
      this.#since = [];
      try {
        const loaded = await load();
        if (this.#since.length <= MAX_WAITING) return { ...loaded, since: this.#since };
      } finally {
        this.#since = null;
      }
    }
  }

  #oneAtATime(work: () => Promise<void>): Promise<void> {
    const turn = this.#loading.then(work);
    this.#loading = turn.catch(() => undefined);
    return turn;
  }

  /** Repeats what has no caller to report to. */
  async #untilDone(work: () => Promise<void>): Promise<void> {
    for (let attempt = 0; !this.#stopped; attempt += 1) {
      try {
        return await work();
      } catch (thrown) {
        const error = toRallyError(thrown);
        if (!error.retryable) return this.#update({ closed: error });
        await pause(error.retryAfterMs ?? backoffMs(attempt));
      }
    }
  }

  #addPeople(people: readonly Person[]): void {
    const named = people.map((person) => [person.userId, person]);
    this.#update({ people: { ...this.#state.people, ...Object.fromEntries(named) } });
  }

  #update(change: Partial<ChatState>): void {
    if (this.#stopped) return;
    this.#state = { ...this.#state, ...change };
    const entries = this.#environment.outbox.entries(this.#chatId);
    const arrived = new Set(entries.length > 0 ? this.#state.timeline?.messages.map(({ clientId }) => clientId) : []);
    this.#state = { ...this.#state, echoes: entries.filter(({ clientId }) => !arrived.has(clientId)) };
    this.#onChange(this.#state);
  }
}

/** Whether it is a message with pictures that was caught up on after more than a day. */
const hasOldAddresses = (entry: Entry, nowMs: number): boolean =>
  entry.signal === 'chat.sent' && entry.data.media !== undefined && nowMs - Date.parse(entry.at) > ADDRESSES_GOOD_MS;
