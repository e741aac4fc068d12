import type { ChatJoinPolicy } from '../../../generated/prisma/enums.ts';
import type { JoinStanding } from './link.reads.ts';

export type JoinStatus = 'NONE' | 'PENDING' | 'DECLINED' | 'MEMBER';

/** Gives somebody's status in a group as they are told. */
export const statusOf = ({ isMember, request }: Pick<JoinStanding, 'isMember' | 'request'>): JoinStatus => {
  if (isMember) return 'MEMBER';
  return request === 'PENDING' || request === 'DECLINED' ? request : 'NONE';
};

/**
 * Decides whether a link lets somebody in, or lets them ask. Whoever was removed before always asks, and whoever was
 * declined gets no further.
 */
export const effectOf = (standing: JoinStanding, policy: ChatJoinPolicy): 'NOTHING' | 'ENTER' | 'ASK' => {
  if (statusOf(standing) !== 'NONE') return 'NOTHING';
  return policy === 'LINK' && !standing.wasRemoved ? 'ENTER' : 'ASK';
};
