import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { AuditEntry } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import type { Pictured } from '../../media/api.ts';
import { ensureDefaultList } from '../check-in-list/check-in-list.writes.ts';
import type { EventView } from '../shapes/contract.ts';
import { type AlongWith, moveEvent } from './event.writes.ts';
import { EDGES, type EdgeName } from './lifecycle.rules.ts';
import { showEvent } from './present.ts';
import { REPORTS, type Step } from './reports.rules.ts';
import { findSubject, type Subject } from './subject.ts';

/** What a committed operation gives its steps. */
export interface Committing {
  tx: Transaction;
  actor: Actor;
  now: Date;
  record: RecordFact;
  audit: (entry: AuditEntry) => void;
}

interface Options extends Pick<Step, 'note' | 'reason' | 'dates'> {
  along?: AlongWith;
}

/**
 * Takes an edge, tells it and audits it.
 * @returns the event as it is then
 * @throws CONFLICT when the event is not where the edge begins, or somebody else was first
 */
export const advance = async (
  edge: EdgeName,
  { event }: Subject,
  { tx, actor, now, record, audit, pictures }: Committing & Pictured,
  { along = {}, ...told }: Options = {},
): Promise<EventView> => {
  if (!(await moveEvent(tx, event.id, edge, { now, along }))) throw outOfPlace(edge, event.status);
  if (EDGES[edge].to === 'PUBLISHED') await ensureDefaultList(tx, event.id);
  await REPORTS[edge]({ record, event, actorId: actor.userId, now, ...told });
  const after = await reread(tx, event.id, actor);
  audit({
    targetType: 'event',
    targetId: event.id,
    before: { status: event.status },
    after: { status: after.event.status, edge, ...along },
  });
  return showEvent(tx, after, { pictures, now });
};

const outOfPlace = (edge: EdgeName, status: string): AppError => {
  const from = EDGES[edge].from.join(' or ');
  return new AppError(
    'CONFLICT',
    `An event must be ${from} for this (${edge}); it was ${status}, or has just changed.`,
  );
};

/** The subject after a change in the same transaction. */
export const reread = async (tx: Transaction, eventId: string, actor: Actor): Promise<Subject> => {
  const subject = await findSubject(tx, eventId, actor);
  if (!subject) throw new Error(`event ${eventId} was changed and is gone`);
  return subject;
};
