import type { Actor } from '../../../kernel/actor.ts';
import type { Parties } from '../refund/policy.ts';

/** The host whose money it is about, and staff. */
export const canAnswerDispute = ({ userId }: Actor, { hostId, isStaff }: Parties): boolean =>
  isStaff || userId === hostId;
