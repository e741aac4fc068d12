import type { Actor } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { holdSubject } from '../event/lock.steps.ts';
import type { Subject } from '../event/subject.ts';
import { findMember, type MemberRow } from './host.reads.ts';

/** A team member of an event that the transaction holds. */
export interface MemberSubject extends Subject {
  member: MemberRow;
}

/** Somebody’s row in the team of the event, or null. */
export const holdMember = async (
  tx: Transaction,
  { eventId, userId }: { eventId: string; userId: string },
  actor: Actor,
): Promise<MemberSubject | null> => {
  const subject = await holdSubject(tx, eventId, actor);
  const member = subject && (await findMember(tx, eventId, userId));
  return subject && member ? { ...subject, member } : null;
};
