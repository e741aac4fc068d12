import type { Database } from '../../../platform/db/client.ts';
import type { Here } from '../../../platform/presence/people.store.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import { presenceSettings } from '../../identity/api.ts';
import { canSeePresence } from './policy.ts';
import { findTies } from './tie.reads.ts';
import { seenAs, UNSEEN, type View } from './view.rules.ts';

interface Deps {
  database: Database;
  presence: Pick<Presence, 'people'>;
}

/** Somebody as the viewer sees them, and when they were last active. */
export interface Looked {
  view: View;
  isVisible: boolean;
  activeAtMs: number;
}

/** How a viewer sees these people at this moment, in their order. @throws where Redis is away */
export const lookAt = async (
  { database, presence }: Deps,
  { viewerId, userIds, now }: { viewerId: string; userIds: readonly string[]; now: Date },
): Promise<Looked[]> => {
  const [settings, ties, here] = await Promise.all([
    presenceSettings(database, userIds),
    findTies(database, viewerId, userIds),
    presence.people.read(userIds),
  ]);
  return userIds.map((userId) => {
    const [setting, tie, known] = [settings.get(userId), ties.get(userId), here.get(userId)];
    const isVisible = setting !== undefined && tie !== undefined && canSeePresence(tie, setting.audience);
    if (!isVisible || !known) return { view: { userId, ...UNSEEN }, isVisible: false, activeAtMs: 0 };
    const seen = seenAs({ ...known, lastSeenAtMs: lastSeen(known, setting.lastSeenAt) }, now.getTime());
    return { view: { userId, ...seen }, isVisible, activeAtMs: known.activeAtMs };
  });
};

const lastSeen = ({ leftAtMs }: Here, stored: Date | null): number | null => leftAtMs ?? stored?.getTime() ?? null;
