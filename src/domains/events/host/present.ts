import type { Transaction } from '../../../platform/db/client.ts';
import { publicProfiles } from '../../identity/api.ts';
import type { Showing } from '../../media/api.ts';
import type { EventRow } from '../event/event.reads.ts';
import type { TeamRole } from '../event/policy.ts';
import { toTime, toTimeOrNull } from '../times.rules.ts';
import type { MemberRow } from './host.reads.ts';
import { canSeeShare } from './policy.ts';

interface Seat extends Pick<MemberRow, 'userId' | 'role' | 'invitedAt' | 'acceptedAt'> {
  /** Absent where it is none, or not for who looks. */
  shareBasisPoints?: number;
}

/** A member's place as somebody sees it. */
export const seatOf = (member: MemberRow, viewer: { userId: string | null; role: TeamRole | null }): Seat => {
  const { userId, role, invitedAt, acceptedAt, revenueShareBasisPoints } = member;
  const isShown = role === 'CO_HOST' && canSeeShare(viewer, userId);
  return {
    ...{ userId, role, invitedAt, acceptedAt },
    ...(isShown ? { shareBasisPoints: revenueShareBasisPoints } : {}),
  };
};

/** The owner, who has no row of his own. */
export const ownerOf = ({ hostId, createdAt }: Pick<EventRow, 'hostId' | 'createdAt'>): Seat => ({
  userId: hostId,
  role: 'OWNER',
  invitedAt: createdAt,
  acceptedAt: createdAt,
});

/** Team members on the wire; whose account is gone keeps a place without a name. */
export const showTeam = async (reader: Pick<Transaction, 'user'>, seats: Seat[], showing: Showing) => {
  const profiles = await publicProfiles(
    reader,
    seats.map(({ userId }) => userId),
    showing,
  );
  return seats.map(({ userId, role, invitedAt, acceptedAt, shareBasisPoints }) => {
    const profile = profiles.get(userId);
    return {
      userId,
      username: profile?.username ?? '',
      firstName: profile?.firstName ?? '',
      lastName: profile?.lastName ?? '',
      avatarUrl: profile?.avatarUrl ?? null,
      role,
      invitedAt: toTime(invitedAt),
      acceptedAt: toTimeOrNull(acceptedAt),
      ...(shareBasisPoints === undefined ? {} : { shareBasisPoints }),
    };
  });
};

/** One team member on the wire. */
export const showMember = async (reader: Pick<Transaction, 'user'>, seat: Seat, showing: Showing) => {
  const [member] = await showTeam(reader, [seat], showing);
  if (!member) throw new Error('a seat in a team is shown by one member');
  return member;
};
