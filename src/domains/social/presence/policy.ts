import type { PresenceAudience } from '../../../generated/prisma/enums.ts';

/** How a viewer stands to somebody. */
export interface Tie {
  isSelf: boolean;
  /** One of the two blocked the other. */
  isBlocked: boolean;
  areFriends: boolean;
  /** Both are members of one chat. */
  shareChat: boolean;
  /** Both hold tickets of one event that is going on. */
  shareEvent: boolean;
}

/** Whether a viewer may know if somebody is here. @param audience whom that person allows to */
export const canSeePresence = (
  { isSelf, isBlocked, areFriends, shareChat, shareEvent }: Tie,
  audience: PresenceAudience,
): boolean => {
  if (isSelf) return true;
  if (isBlocked || audience === 'NOBODY') return false;
  return areFriends || (audience === 'CONTACTS' && (shareChat || shareEvent));
};
