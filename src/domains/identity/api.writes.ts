import type { Transaction } from '../../platform/db/client.ts';
import { holdReach as holdReachOf, type Reach, type Reaching } from './acquaintance/reach.writes.ts';
import { saveLastSeen, savePresenceSettings } from './profile/presence.writes.ts';

export type { Reach };

/**
 * See `acquaintance/reach.writes.ts`: what people may still bring to strangers today. To be held after whatever else the
 * transaction locks.
 */
export const holdReach = (tx: Transaction, reaching: readonly Reaching[]): Promise<Reach> => holdReachOf(tx, reaching);

/** Counts the strangers that one person brings into something. @throws RATE_LIMITED when they are too many for today */
export const reachStrangers = async (tx: Transaction, reaching: Reaching): Promise<void> => {
  const reach = await holdReachOf(tx, [reaching]);
  reach.take(reaching);
  await reach.keep();
};

/** See `profile/presence.writes.ts`: changes how somebody wants to be seen, or by whom. */
export const changePresenceSettings = savePresenceSettings;

/** See `profile/presence.writes.ts`: keeps when people were last seen. */
export const keepLastSeen = saveLastSeen;
