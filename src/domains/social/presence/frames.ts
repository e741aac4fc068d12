import type { Metrics } from '../../../platform/metrics.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import { changed } from './contract.ts';
import { keyOf, type Seen, UNSEEN, type View } from './view.rules.ts';
import { MAX_A_CONNECTION, type Watcher, type Watches } from './watches.ts';

/** A connection is told at most this often. */
export const FRAME_EVERY_MS = 1_000;
/** All that one may follow: when a node with all of them is gone, they are told of in one frame. */
const CHANGES_A_FRAME = MAX_A_CONNECTION;

export interface Frames {
  /** There may be something to tell a watcher of somebody. */
  mark: (watcher: Watcher, subjectId: string) => void;
  /** Tells everybody whose second is over. @returns whether anybody is left to be told */
  flush: (nowMs: number) => boolean;
  forget: (watcher: Watcher) => void;
}

interface FrameParts {
  watches: Pick<Watches, 'subject'>;
  presence: Pick<Presence, 'tell'>;
  metrics: Pick<Metrics, 'presenceSignals' | 'presenceLag'>;
}

/** Tells each watcher of all that has changed since its last frame, in one frame, and only of what looks different. */
export const createFrames = ({ watches, presence, metrics }: FrameParts): Frames => {
  const waiting = new Set<Watcher>();

  /** How somebody is to be told to a watcher; null where they look as before. */
  const difference = (watcher: Watcher, subjectId: string): View | null => {
    const watch = watcher.watches.get(subjectId);
    const seen: Seen = (watch?.isVisible && watches.subject(subjectId)?.seen) || UNSEEN;
    if (!watch || watch.told === null || watch.told === keyOf(seen)) return null;
    return { userId: subjectId, ...seen };
  };

  /** What one is to be told; those who look as before are taken off. */
  const differences = (watcher: Watcher): View[] => {
    const changes: View[] = [];
    for (const subjectId of watcher.changed) {
      if (changes.length >= CHANGES_A_FRAME) break;
      const change = difference(watcher, subjectId);
      if (change) changes.push(change);
      else watcher.changed.delete(subjectId);
    }
    return changes;
  };

  /** The first who is told of a change counts. */
  const measure = (userId: string, nowMs: number): void => {
    const subject = watches.subject(userId);
    if (!subject || subject.changedAtMs === 0) return;
    metrics.presenceLag.observe(Math.max(0, nowMs - subject.changedAtMs));
    subject.changedAtMs = 0;
  };

  const flushOne = (watcher: Watcher, nowMs: number): void => {
    const changes = differences(watcher);
    if (changes.length === 0) return;
    watcher.nextFrameAtMs = nowMs + FRAME_EVERY_MS;
    // Not sent: its reader has too much to read already. What is told later is newer.
    if (!presence.tell(watcher.connectionId, changed, { changes })) return;
    metrics.presenceSignals.inc({ signal: changed.name });
    for (const { userId, ...seen } of changes) {
      measure(userId, nowMs);
      watcher.changed.delete(userId);
      const watch = watcher.watches.get(userId);
      if (watch) watch.told = keyOf(seen);
    }
  };

  return {
    mark: (watcher, subjectId) => {
      watcher.changed.add(subjectId);
      waiting.add(watcher);
    },
    flush: (nowMs) => {
      for (const watcher of waiting) {
        if (nowMs >= watcher.nextFrameAtMs) flushOne(watcher, nowMs);
        if (watcher.changed.size === 0) waiting.delete(watcher);
      }
      return waiting.size > 0;
    },
    forget: (watcher) => waiting.delete(watcher),
  };
};
