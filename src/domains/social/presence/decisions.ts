import type { Database } from '../../../platform/db/client.ts';
import { type PresenceSettings, presenceSettings } from '../../identity/api.ts';
import type { Frames } from './frames.ts';
import { canSeePresence } from './policy.ts';
import { findTies } from './tie.reads.ts';
import type { Watch, Watcher, Watches } from './watches.ts';

interface Parts {
  watches: Watches;
  frames: Pick<Frames, 'mark'>;
  database: Database;
}

type Settings = Map<string, PresenceSettings>;

/** Decides who of those that follow somebody may see them. */
export interface Decisions {
  /** Looks at the ties between somebody and these people, and applies them to whoever of them follows the other. */
  between: (userId: string, otherIds: readonly string[]) => Promise<Settings>;
  /** The same with all whom they follow, and who follow them. @returns null where there is nobody */
  about: (userId: string) => Promise<{ otherIds: string[]; settings: Settings } | null>;
}

/** Whether the one may see the other, by their ids. */
type MaySee = (subjectId: string, otherId: string) => boolean;

export const createDecisions = ({ watches, frames, database }: Parts): Decisions => {
  let count = 0;

  /** Of two decisions the one that was begun later stands. */
  const apply = (watcher: Watcher, subjectId: string, by: { decision: number; isVisible: boolean }): void => {
    const watch: Watch | undefined = watcher.watches.get(subjectId);
    if (!watch || watch.decision > by.decision) return;
    watch.decision = by.decision;
    if (watch.isVisible === by.isVisible) return;
    watch.isVisible = by.isVisible;
    frames.mark(watcher, subjectId);
  };

  const applyAll = (
    userId: string,
    otherIds: readonly string[],
    decided: { decision: number; maySee: MaySee },
  ): void => {
    const { decision, maySee } = decided;
    for (const watcher of watches.watchersOf(userId)) {
      for (const otherId of otherIds) apply(watcher, otherId, { decision, isVisible: maySee(otherId, otherId) });
    }
    const others = new Set(otherIds);
    for (const watcher of watches.subject(userId)?.watchers ?? []) {
      if (!others.has(watcher.userId)) continue;
      apply(watcher, userId, { decision, isVisible: maySee(userId, watcher.userId) });
    }
  };

  const between: Decisions['between'] = async (userId, otherIds) => {
    count += 1;
    const decision = count;
    const [settings, ties] = await Promise.all([
      presenceSettings(database, [...otherIds, userId]),
      findTies(database, userId, otherIds),
    ]);
    const maySee: MaySee = (subjectId, otherId) => {
      const tie = ties.get(otherId);
      const audience = settings.get(subjectId)?.audience;
      return tie !== undefined && audience !== undefined && canSeePresence(tie, audience);
    };
    applyAll(userId, otherIds, { decision, maySee });
    return settings;
  };

  return {
    between,
    about: async (userId) => {
      const others = new Set<string>();
      for (const { watches: followed } of watches.watchersOf(userId)) for (const id of followed.keys()) others.add(id);
      for (const watcher of watches.subject(userId)?.watchers ?? []) others.add(watcher.userId);
      if (others.size === 0) return null;
      const otherIds = [...others];
      return { otherIds, settings: await between(userId, otherIds) };
    },
  };
};
