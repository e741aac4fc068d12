import type { NotificationCategory, NotificationPriority, NotificationType } from '../../../generated/prisma/enums.ts';

/** What somebody is to be told. */
export interface Draft {
  userId: string;
  type: NotificationType;
  category: NotificationCategory;
  priority?: NotificationPriority;
  title: string;
  message: string;
  /** The ids a client needs to open the right page. */
  data: Record<string, string>;
  eventId?: string;
  /** Who caused it: nothing is told to somebody who blocked them. */
  actorId?: string;
  /**
   * The person who brought this about without being asked, and how much of it reaches somebody who does not know them:
   * nothing at all, or the inbox only.
   */
  broughtBy?: { userId: string; reaches: 'NOTHING' | 'INBOX' };
  /** The same key tells a person once, however often the fact arrives. */
  dedupeKey: string;
  /** Later than this it is of no use to anybody. */
  expiresAt?: Date;
}

/** Kinds of news that arrive whatever a person chose, and at any hour: semantics of a closed list. */
const ALWAYS: ReadonlySet<NotificationCategory> = new Set(['SECURITY', 'PAYMENT', 'TICKET', 'SAFETY']);

export const arrivesAlways = (category: NotificationCategory): boolean => ALWAYS.has(category);
