import type { z } from 'zod';
import type { PresenceView } from './contract.ts';

export type View = z.infer<typeof PresenceView>;

/** Who has done nothing on any device for this long is away. */
const IDLE_MS = 5 * 60_000;

/** What is known of somebody. */
export interface Known {
  isHere: boolean;
  /** What they chose to be seen as; empty where nobody could be asked. */
  chosen: string;
  activeAtMs: number;
  lastSeenAtMs: number | null;
}

/** How somebody is seen by whoever may see them. */
export type Seen = Pick<View, 'status' | 'lastSeenAt'>;

/** Nothing is told. It is also what is told of who was never here. */
export const UNSEEN: Seen = { status: 'OFFLINE', lastSeenAt: null };

/** Who is invisible, or of whom it is not known whether they want to be, looks as when they are not here. */
export const seenAs = (known: Known | undefined, nowMs: number): Seen => {
  if (!known) return UNSEEN;
  const { isHere, chosen, activeAtMs, lastSeenAtMs } = known;
  if (!isHere || chosen === 'INVISIBLE' || chosen === '') {
    return { status: 'OFFLINE', lastSeenAt: lastSeenAtMs === null ? null : new Date(lastSeenAtMs).toISOString() };
  }
  if (chosen === 'BUSY') return { status: 'BUSY', lastSeenAt: null };
  const isAway = chosen === 'AWAY' || nowMs - activeAtMs >= IDLE_MS;
  return { status: isAway ? 'AWAY' : 'ONLINE', lastSeenAt: null };
};

/** The same text for what looks the same. */
export const keyOf = ({ status, lastSeenAt }: Seen): string => `${status}|${lastSeenAt ?? ''}`;
