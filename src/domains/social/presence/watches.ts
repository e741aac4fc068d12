import { type Seen, UNSEEN } from './view.rules.ts';

/** People that one connection may follow. */
export const MAX_A_CONNECTION = 1_000;
/** What all connections of a node follow together, some 60 MB. */
const MAX_A_NODE = 200_000;

/** By `presence.watch`; a chat's room is named by itself. */
export const ASKED_FOR = '';

/** One connection following one person. */
export interface Watch {
  /** Why: the calls, or rooms of chats of which the person is a member. It ends with the last reason. */
  reasons: Set<string>;
  isVisible: boolean;
  /** The number of the decision; a later one is not undone by an earlier one that took longer. */
  decision: number;
  /** What the connection was told last; null while its first answer is being made. */
  told: string | null;
}

export interface Watcher {
  connectionId: string;
  userId: string;
  /** By whom is followed. */
  watches: Map<string, Watch>;
  /** People of whom there may be something to tell. */
  changed: Set<string>;
  nextFrameAtMs: number;
}

/** Somebody who is followed on this node. */
export interface Subject {
  seen: Seen;
  /** False until it has been read how they are. */
  isKnown: boolean;
  lastSeenAtMs: number | null;
  watchers: Set<Watcher>;
  /** Since when there is something to tell, 0 where there is nothing. */
  changedAtMs: number;
}

/** Who follows whom on this node. */
export interface Watches {
  watcher: (connectionId: string) => Watcher | undefined;
  watchersOf: (userId: string) => Iterable<Watcher>;
  subject: (userId: string) => Subject | undefined;
  subjects: () => IterableIterator<string>;
  users: () => IterableIterator<string>;
  /** Whether any of somebody's connections follows anybody. */
  isFollowing: (userId: string) => boolean;
  subjectCount: () => number;
  userCount: () => number;
  /** @returns how many more the connection may follow */
  room: (connectionId: string) => { ofConnection: number; ofNode: number };
  add: (connection: { connectionId: string; userId: string }, subjectId: string, reason: string) => Watch;
  /** @param subjectIds absent: all that are followed for this reason */
  remove: (connectionId: string, reason: string, subjectIds?: readonly string[]) => void;
  close: (connectionId: string) => void;
}

const NONE: ReadonlySet<Watcher> = new Set();

export const createWatches = (): Watches => {
  const watchers = new Map<string, Watcher>();
  const byUser = new Map<string, Set<Watcher>>();
  const subjects = new Map<string, Subject>();
  let count = 0;

  const open = (connectionId: string, userId: string): Watcher => {
    const known = watchers.get(connectionId);
    if (known) return known;
    const watcher: Watcher = { connectionId, userId, watches: new Map(), changed: new Set(), nextFrameAtMs: 0 };
    watchers.set(connectionId, watcher);
    const own = byUser.get(userId);
    if (own) own.add(watcher);
    else byUser.set(userId, new Set([watcher]));
    return watcher;
  };

  const follow = (subjectId: string, watcher: Watcher): void => {
    const known = subjects.get(subjectId);
    if (known) {
      known.watchers.add(watcher);
      return;
    }
    const watchersOfIt = new Set([watcher]);
    subjects.set(subjectId, {
      seen: UNSEEN,
      isKnown: false,
      lastSeenAtMs: null,
      watchers: watchersOfIt,
      changedAtMs: 0,
    });
  };

  const drop = (watcher: Watcher, subjectId: string): void => {
    if (!watcher.watches.delete(subjectId)) return;
    count -= 1;
    watcher.changed.delete(subjectId);
    const subject = subjects.get(subjectId);
    subject?.watchers.delete(watcher);
    if (subject?.watchers.size === 0) subjects.delete(subjectId);
  };

  const closeIfEmpty = (watcher: Watcher): void => {
    if (watcher.watches.size > 0) return;
    watchers.delete(watcher.connectionId);
    const own = byUser.get(watcher.userId);
    own?.delete(watcher);
    if (own?.size === 0) byUser.delete(watcher.userId);
  };

  return {
    watcher: (connectionId) => watchers.get(connectionId),
    watchersOf: (userId) => byUser.get(userId) ?? NONE,
    subject: (userId) => subjects.get(userId),
    subjects: () => subjects.keys(),
    users: () => byUser.keys(),
    isFollowing: (userId) => byUser.has(userId),
    subjectCount: () => subjects.size,
    userCount: () => byUser.size,
    room: (connectionId) => ({
      ofConnection: MAX_A_CONNECTION - (watchers.get(connectionId)?.watches.size ?? 0),
      ofNode: MAX_A_NODE - count,
    }),
    add: ({ connectionId, userId }, subjectId, reason) => {
      const watcher = open(connectionId, userId);
      const known = watcher.watches.get(subjectId);
      if (known) {
        known.reasons.add(reason);
        return known;
      }
      const watch: Watch = { reasons: new Set([reason]), isVisible: false, decision: 0, told: null };
      watcher.watches.set(subjectId, watch);
      count += 1;
      follow(subjectId, watcher);
      return watch;
    },
    remove: (connectionId, reason, subjectIds) => {
      const watcher = watchers.get(connectionId);
      if (!watcher) return;
      for (const subjectId of subjectIds ?? [...watcher.watches.keys()]) {
        const watch = watcher.watches.get(subjectId);
        if (watch?.reasons.delete(reason) && watch.reasons.size === 0) drop(watcher, subjectId);
      }
      closeIfEmpty(watcher);
    },
    close: (connectionId) => {
      const watcher = watchers.get(connectionId);
      if (!watcher) return;
      for (const subjectId of [...watcher.watches.keys()]) drop(watcher, subjectId);
      closeIfEmpty(watcher);
    },
  };
};
