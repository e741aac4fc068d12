import type { ChosenPresence, PresenceAudience } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

/** Changes how somebody wants to be seen, or by whom. */
export const savePresenceSettings = async (
  tx: Pick<Transaction, 'profile'>,
  {
    userId,
    change: { chosen, audience },
    now,
  }: { userId: string; change: { chosen?: ChosenPresence; audience?: PresenceAudience }; now: Date },
): Promise<void> => {
  await tx.profile.update({
    where: { userId },
    data: {
      ...(chosen === undefined ? {} : { chosenPresence: chosen }),
      ...(audience === undefined ? {} : { presenceAudience: audience }),
      updatedAt: now,
    },
    select: { userId: true },
  });
};

/** Keeps when people were last seen; a time before the one that is known changes nothing. */
export const saveLastSeen = async (
  writer: Pick<Transaction, '$executeRaw'>,
  seen: readonly { userId: string; at: Date }[],
): Promise<void> => {
  await writer.$executeRaw`
    UPDATE users SET last_seen_at = greatest(users.last_seen_at, seen.at)
    FROM unnest(${seen.map(({ userId }) => userId)}::uuid[], ${seen.map(({ at }) => at)}::timestamptz[]) AS seen(id, at)
    WHERE users.id = seen.id`;
};
