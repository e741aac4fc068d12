import type { Actor } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { findSubject, type Subject } from '../event/subject.ts';
import { findUpdate, type UpdateRow } from './event-update.reads.ts';

export interface UpdateSubject extends Subject {
  update: UpdateRow;
}

/** An update within the event it was named with, or null. */
export const findUpdateSubject = async (
  reader: Transaction,
  { eventId, updateId }: { eventId: string; updateId: string },
  actor: Actor,
): Promise<UpdateSubject | null> => {
  const subject = await findSubject(reader, eventId, actor);
  const update = subject && (await findUpdate(reader, eventId, updateId));
  return subject && update ? { ...subject, update } : null;
};
