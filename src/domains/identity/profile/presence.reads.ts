import type { ChosenPresence, PresenceAudience } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

/** The status and audience that a person chose, and the time when they were last seen. */
export interface PresenceSettings {
  chosen: ChosenPresence;
  audience: PresenceAudience;
  lastSeenAt: Date | null;
}

/** Of these people those with an open account, by id. */
export const findPresenceSettings = async (
  reader: Pick<Transaction, 'user'>,
  userIds: readonly string[],
): Promise<Map<string, PresenceSettings>> => {
  const rows = await reader.user.findMany({
    where: { id: { in: [...userIds] }, status: 'ACTIVE', deletedAt: null, erasedAt: null },
    select: { id: true, lastSeenAt: true, profile: { select: { chosenPresence: true, presenceAudience: true } } },
    relationLoadStrategy: 'join',
  });
  return new Map(
    rows.flatMap(({ id, lastSeenAt, profile }) =>
      profile ? [[id, { chosen: profile.chosenPresence, audience: profile.presenceAudience, lastSeenAt }]] : [],
    ),
  );
};
