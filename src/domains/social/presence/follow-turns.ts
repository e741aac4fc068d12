import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import type { Decisions } from './decisions.ts';
import type { Frames } from './frames.ts';
import type { Look } from './looks.ts';
import { createRounds } from './rounds.ts';
import type { Watches } from './watches.ts';

/** How often what has changed is looked at. */
const TURN_MS = 100;
/** After an error. */
const RETRY_MS = 1_000;
/** People read in one turn. */
const READS = 2_000;
/** People whose ties are looked at in one turn: because of a fact, and when there is time. */
const DECISIONS = 20;
const WAITING_DECISIONS = 8;
/** Everybody is read again within this time, should Redis have dropped a publication, and to see who is away by now. */
const READ_ALL_WITHIN_MS = 60_000;
/** All ties are looked at again within this time, should a tie end without a fact. */
const DECIDE_ALL_WITHIN_MS = 5 * 60_000;

interface Parts {
  watches: Watches;
  frames: Frames;
  look: Look;
  decisions: Decisions;
  clock: Clock;
  log: Pick<Log, 'warn'>;
}

/** Looks at what is to be looked at, in turns; all of it is bounded by what is followed on the node. */
export interface FollowTurns {
  /** They are to be read again. */
  read: (userIds: Iterable<string>) => void;
  /** Their ties are to be looked at again. */
  decide: (userIds: Iterable<string>, canWait?: boolean) => void;
  wake: () => void;
}

const take = (set: Set<string>, most: number): string[] => {
  const taken: string[] = [];
  for (const item of set) {
    if (taken.length >= most) break;
    set.delete(item);
    taken.push(item);
  }
  return taken;
};

/** What fails is looked at again. */
const attempt = async (set: Set<string>, most: number, work: (names: string[]) => Promise<unknown>): Promise<void> => {
  const names = take(set, most);
  if (names.length === 0) return;
  try {
    await work(names);
  } catch (error) {
    for (const name of names) set.add(name);
    throw error;
  }
};

const addAll = (names: Iterable<string>, into: Set<string>): void => {
  for (const name of names) into.add(name);
};

export const createFollowTurns = ({ watches, frames, look, decisions, clock, log }: Parts): FollowTurns => {
  const unread = new Set<string>();
  const undecided = new Set<string>();
  const waiting = new Set<string>();
  const around = createRounds(watches);
  let timer: NodeJS.Timeout | null = null;
  let roundAtMs = 0;

  const nowMs = (): number => clock.now().getTime();

  const goRound = (): void => {
    const atMs = nowMs();
    // After a pause nothing is owed: nobody was followed.
    const sinceMs = roundAtMs === 0 ? 0 : atMs - roundAtMs;
    roundAtMs = atMs;
    addAll(around.subjects(sinceMs / READ_ALL_WITHIN_MS), unread);
    addAll(around.users(sinceMs / DECIDE_ALL_WITHIN_MS), waiting);
  };

  const decideAbout = async (userId: string): Promise<void> => {
    const decided = await decisions.about(userId);
    // Who is looked at for the first time is read with what PostgreSQL knows of them.
    const fresh = decided?.otherIds.filter((id) => watches.subject(id)?.isKnown === false) ?? [];
    if (decided && fresh.length > 0) await look(fresh, decided.settings);
  };

  const decideEach = (userIds: string[]): Promise<unknown> => Promise.all(userIds.map(decideAbout));

  const lookAtAll = async (): Promise<number> => {
    try {
      goRound();
      await attempt(undecided, DECISIONS, decideEach);
      await attempt(unread, READS, look);
      if (undecided.size === 0) await attempt(waiting, WAITING_DECISIONS, decideEach);
      return TURN_MS;
    } catch (error) {
      log.warn({ err: error }, 'presence could not be read; watchers are told what was known');
      return RETRY_MS;
    }
  };

  const turn = async (): Promise<void> => {
    const pauseMs = await lookAtAll();
    frames.flush(nowMs());
    timer = null;
    if (watches.subjectCount() > 0) wakeIn(pauseMs);
    else roundAtMs = 0;
  };

  const wakeIn = (pauseMs: number): void => {
    if (timer) return;
    // Never rejects.
    timer = setTimeout(() => void turn(), pauseMs).unref();
  };

  return {
    read: (userIds) => {
      addAll(userIds, unread);
      wakeIn(TURN_MS);
    },
    decide: (userIds, canWait = false) => {
      addAll(userIds, canWait ? waiting : undecided);
      wakeIn(TURN_MS);
    },
    wake: () => wakeIn(TURN_MS),
  };
};
