import { AppError } from '../../../kernel/errors.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Log } from '../../../platform/log.ts';
import type { Metrics } from '../../../platform/metrics.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import { createDecisions } from './decisions.ts';
import { createFollowTurns } from './follow-turns.ts';
import { createFrames, FRAME_EVERY_MS } from './frames.ts';
import { createLooks } from './looks.ts';
import { keyOf, UNSEEN, type View } from './view.rules.ts';
import { ASKED_FOR, createWatches, MAX_A_CONNECTION, type Watcher, type Watches } from './watches.ts';

export interface FollowingParts {
  database: Database;
  presence: Presence;
  clock: Clock;
  metrics: Metrics;
  log: Log;
}

interface Connection {
  connectionId: string;
  userId: string;
}

/** Follows people for the connections of this node. */
export interface Following {
  /**
   * Follows these people too.
   * @returns how the viewer sees them now
   * @throws CONFLICT when the connection follows too many or has closed, OVERLOADED when the node does, or Redis is away
   */
  watch: (connection: Connection, subjectIds: readonly string[]) => Promise<View[]>;
  /** @returns how many the connection still follows */
  unwatch: (connectionId: string, subjectIds?: readonly string[]) => number;
  /** Follows these people because of a watched room, as far as there is room for it, and nobody else because of it. */
  watchInRoom: (connection: Connection, room: string, subjectIds: readonly string[]) => void;
  unwatchRoom: (connectionId: string, room: string) => void;
  close: (connectionId: string) => void;
  changed: (userIds: readonly string[], atMs: number) => void;
  decideAgain: (userIds: readonly string[], canWait: boolean) => void;
  /** Reads and decides everything again. */
  doubt: () => void;
}

export const createFollowing = ({ database, presence, clock, metrics, log }: FollowingParts): Following => {
  const watches = createWatches();
  const frames = createFrames({ watches, presence, metrics });
  const look = createLooks({ watches, frames, presence, clock });
  const decisions = createDecisions({ watches, frames, database });
  const turns = createFollowTurns({ watches, frames, look, decisions, clock, log });

  const release = (watcher: Watcher, subjectIds: readonly string[]): View[] => {
    // The answer is a frame, too.
    watcher.nextFrameAtMs = clock.now().getTime() + FRAME_EVERY_MS;
    return subjectIds.map((userId) => {
      const watch = watcher.watches.get(userId);
      const seen = watch?.isVisible ? (watches.subject(userId)?.seen ?? UNSEEN) : UNSEEN;
      if (watch) watch.told = keyOf(seen);
      return { userId, ...seen };
    });
  };

  const close = (connectionId: string): void => {
    const watcher = watches.watcher(connectionId);
    if (!watcher) return;
    frames.forget(watcher);
    watches.close(connectionId);
  };

  const watch: Following['watch'] = async (connection, given) => {
    const { connectionId, userId } = connection;
    const subjectIds = [...new Set(given)];
    const fresh = freshIn(watches, connectionId, subjectIds);
    // Followed before anything is read: what changes meanwhile is looked at again.
    for (const subjectId of subjectIds) watches.add(connection, subjectId, ASKED_FOR);
    try {
      await look(subjectIds, await decisions.between(userId, subjectIds));
      if (!(await presence.isSettled())) throw new Error('Redis has not been told yet who is here');
    } catch (error) {
      watches.remove(connectionId, ASKED_FOR, fresh);
      log.warn({ err: error }, 'presence could not be read');
      throw new AppError('OVERLOADED', 'It cannot be told at the moment who is here.', { retryAfterMs: 1_000 });
    }
    turns.wake();
    const watcher = watches.watcher(connectionId);
    if (!watcher) throw new AppError('CONFLICT', 'The socket has closed.');
    return release(watcher, subjectIds);
  };

  return {
    watch,
    unwatch: (connectionId, subjectIds) => {
      watches.remove(connectionId, ASKED_FOR, subjectIds);
      return watches.watcher(connectionId)?.watches.size ?? 0;
    },
    watchInRoom: (connection, room, subjectIds) => {
      if (followInRoom(watches, connection, room, subjectIds)) turns.decide([connection.userId]);
    },
    unwatchRoom: (connectionId, room) => watches.remove(connectionId, room),
    close,
    changed: (userIds, atMs) => {
      const followed = userIds.filter((userId) => {
        const subject = watches.subject(userId);
        if (subject) subject.changedAtMs = atMs;
        return subject !== undefined;
      });
      if (followed.length > 0) turns.read(followed);
    },
    decideAgain: (userIds, canWait) => {
      const concerned = userIds.filter((userId) => watches.subject(userId) || watches.isFollowing(userId));
      if (concerned.length > 0) turns.decide(concerned, canWait);
    },
    doubt: () => {
      turns.read(watches.subjects());
      turns.decide(watches.users());
    },
  };
};

/** Those whom the calls of the connection do not follow yet. @throws CONFLICT, OVERLOADED when they are too many */
const freshIn = (watches: Watches, connectionId: string, subjectIds: readonly string[]): string[] => {
  const followed = watches.watcher(connectionId)?.watches;
  const more = subjectIds.filter((id) => !followed?.has(id)).length;
  const { ofConnection, ofNode } = watches.room(connectionId);
  if (more > ofConnection)
    throw new AppError('CONFLICT', `A connection may follow ${MAX_A_CONNECTION} people at most.`);
  if (more > ofNode) throw new AppError('OVERLOADED', 'Too many people are followed here.', { retryAfterMs: 5_000 });
  return subjectIds.filter((id) => !followed?.get(id)?.reasons.has(ASKED_FOR));
};

/** @returns whether the connection follows anybody more */
const followInRoom = (
  watches: Watches,
  connection: Connection,
  room: string,
  subjectIds: readonly string[],
): boolean => {
  const { connectionId } = connection;
  const wanted = new Set(subjectIds);
  const followed = [...(watches.watcher(connectionId)?.watches ?? [])].filter(([, { reasons }]) => reasons.has(room));
  const gone = followed.flatMap(([id]) => (wanted.has(id) ? [] : [id]));
  let { ofConnection, ofNode } = watches.room(connectionId);
  let isMore = false;
  for (const subjectId of wanted) {
    const isKnown = watches.watcher(connectionId)?.watches.has(subjectId) === true;
    if (!isKnown && (ofConnection <= 0 || ofNode <= 0)) continue;
    const watch = watches.add(connection, subjectId, room);
    if (isKnown) continue;
    ofConnection -= 1;
    ofNode -= 1;
    isMore = true;
    // Nobody asked: who looks as if they were not there is not told.
    watch.told = keyOf(UNSEEN);
  }
  watches.remove(connectionId, room, gone);
  return isMore;
};
