import { backoffMs, pause } from './backoff.ts';
import type { Call } from './call.ts';
import type { Entry, Input, Output, SignalData, SignalName } from './contract.ts';
import { type RallyError, toRallyError } from './error.ts';
import type { Stop } from './listeners.ts';
import type { Rooms, Subscription } from './rooms.ts';
import { createLooks } from './stage-looks.ts';
import { applyStageEntry, applyTick, concernsCaller, type StageState } from './stage-state.ts';
import type { Watcher } from './watched-room.ts';

/** A stage that is followed. */
export interface StageFollowing {
  /** Null until it is loaded. */
  state: () => StageState | null;
  /** Asks for the stage as the caller sees it now, such as after a vote of theirs; twice a second at most. */
  refresh: () => void;
  stop: Stop;
}

/** The stage of one event, as an application uses it. */
export interface Stage {
  /** The stage as it stands. @throws RallyError */
  get: () => Promise<StageState>;
  /**
   * Keeps the stage's state, from a snapshot and every entry and tick since, and tells each change.
   * @param onClosed the stage may not be watched any more
   */
  follow: (onChange: (state: StageState) => void, onClosed?: (error: RallyError) => void) => StageFollowing;
  /** Claps are gathered for a quarter of a second and sent together; nothing happens while there is no connection. */
  applaud: (emoji: string, count?: number) => void;
  /** @throws RallyError GONE when the poll has closed */
  vote: (pollId: string, vote: Pick<Input<'poll.vote'>, 'choices' | 'text'>) => Promise<Output<'poll.vote'>>;
  ask: (body: string, isAnonymous?: boolean) => Promise<Output<'question.ask'>>;
  /** Wants a question answered, or does not any more. @returns its upvotes */
  upvote: (questionId: string, on: boolean) => Promise<number>;
}

export interface StageEnvironment {
  call: Call;
  rooms: Pick<Rooms, 'watch'>;
  on: <N extends SignalName>(name: N, listener: (data: SignalData<N>) => void) => Stop;
}

/** A whole audience that looks again does so over this time: some two hundred looks a second. */
const spreadMs = (viewers: number): number => Math.min(60_000, viewers * 5);

const GATHER_MS = 250;
/** Claps that one call carries. */
const MOST = 20;
/** Claps of one emoji that wait; beyond it they would not be counted anyway. */
const MAX_WAITING = 300;

export const createStage = (environment: StageEnvironment, eventId: string): Stage => {
  const { call } = environment;
  return {
    get: () => call('live.get', { eventId }),
    follow: (onChange, onClosed = () => undefined) => followStage(environment, eventId, { onChange, onClosed }),
    applaud: gatherClaps(
      (emoji, count) =>
        // Safe: the server names what it does not take.
        void call('live.applaud', { eventId, emoji, count }).catch(() => undefined),
    ),
    vote: (pollId, vote) => call('poll.vote', { eventId, pollId, ...vote }),
    ask: (body, isAnonymous = false) => call('question.ask', { eventId, body, isAnonymous }),
    upvote: async (questionId, on) =>
      (await call(on ? 'question.upvote' : 'question.retract', { eventId, questionId })).upvotes,
  };
};

/** Gathers claps by emoji, and hands them on a quarter of a second after the first. */
export const gatherClaps = (send: (emoji: string, count: number) => void): Stage['applaud'] => {
  const waiting = new Map<string, number>();
  const flush = (): void => {
    for (const [emoji, count] of waiting) {
      for (let left = count; left > 0; left -= MOST) send(emoji, Math.min(left, MOST));
    }
    waiting.clear();
  };
  return (emoji, count = 1) => {
    if (waiting.size === 0) setTimeout(flush, GATHER_MS);
    waiting.set(emoji, Math.min(MAX_WAITING, (waiting.get(emoji) ?? 0) + count));
  };
};

interface Told {
  onChange: (state: StageState) => void;
  onClosed: (error: RallyError) => void;
}

const followStage = (
  { call, rooms, on }: StageEnvironment,
  eventId: string,
  { onChange, onClosed }: Told,
): StageFollowing => {
  const room = `event:${eventId}`;
  let state: StageState | null = null;
  let subscription: Subscription | null = null;
  let isStopped = false;

  const change = (next: StageState): void => {
    state = next;
    onChange(next);
  };
  const stop = (): void => {
    isStopped = true;
    subscription?.stop();
    stopTicks();
    looks.stop();
  };
  const close = (error: RallyError): void => {
    stop();
    onClosed(error);
  };
  const looks = createLooks(async () => {
    try {
      const seen = await call('live.get', { eventId });
      if (isStopped || !state || seen.epoch !== state.epoch) return;
      // What was told after the server looked must not be lost.
      if (seen.seq < state.seq) looks.soon();
      else change(seen);
    } catch (thrown) {
      const error = toRallyError(thrown);
      if (!error.retryable) close(error);
      else if (!isStopped) looks.soon(error.retryAfterMs ?? backoffMs(1));
    }
  });
  const stopTicks = on('live.ticked', (tick) => {
    if (tick.room === room && state && !isStopped) change(applyTick(state, tick));
  });

  const load = async (): Promise<void> => {
    subscription?.stop();
    for (let attempt = 0; !isStopped; attempt += 1) {
      try {
        const { epoch, seq, ...rest } = await call('live.get', { eventId });
        if (isStopped) return;
        change({ epoch, seq, ...rest });
        subscription = rooms.watch(room, watcher, { epoch, seq });
        return;
      } catch (thrown) {
        const error = toRallyError(thrown);
        if (!error.retryable) return close(error);
        await pause(error.retryAfterMs ?? backoffMs(attempt));
      }
    }
  };
  const watcher: Watcher = {
    onEntries: (entries) => {
      // Safe: a room's log holds what its signals' contracts say.
      for (const entry of entries as Entry[]) take(entry);
    },
    onGap: () => void load(),
    onClosed: close,
  };
  const take = (entry: Entry): void => {
    if (!state || isStopped || entry.seq <= state.seq) return;
    const isConcerned = concernsCaller(state, entry);
    change(applyStageEntry(state, entry));
    if (isConcerned) looks.soon(state.mine.isTeam ? 0 : spreadMs(state.viewers));
  };
  void load();
  return { state: () => state, refresh: () => looks.soon(), stop };
};
