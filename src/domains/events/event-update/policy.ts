import type { Standing } from '../event/policy.ts';

export type Audience = 'PUBLIC' | 'PARTICIPANTS' | 'WAITLIST' | 'STAFF';

/** The audiences somebody who may see the event belongs to; the team hears everything. */
export const audiencesOf = ({ role, isAdmitted, isWaiting, isStaff }: Standing): Audience[] => {
  if (role !== null || isStaff) return ['PUBLIC', 'PARTICIPANTS', 'WAITLIST', 'STAFF'];
  return ['PUBLIC', ...(isAdmitted ? (['PARTICIPANTS'] as const) : []), ...(isWaiting ? (['WAITLIST'] as const) : [])];
};
