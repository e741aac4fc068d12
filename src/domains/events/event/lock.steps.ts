import type { Actor } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { lockEvent } from './event.writes.ts';
import { findSubject, type Subject } from './subject.ts';

/** `findSubject` of an event that nobody else changes until the transaction ends. */
export const holdSubject = async (tx: Transaction, eventId: string, actor: Actor): Promise<Subject | null> => {
  await lockEvent(tx, eventId);
  return findSubject(tx, eventId, actor);
};
