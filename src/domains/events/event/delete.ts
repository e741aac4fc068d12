import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { eventDeleted } from '../facts.ts';
import { remove } from './contract.ts';
import { partWithEvent } from './event.writes.ts';
import { canEnd, canSeeEvent } from './policy.ts';
import { findSubject } from './subject.ts';

/** Throws a draft away. */
export const deleteEvent = () =>
  commit(remove, {
    load: ({ eventId }, { tx, actor }) => findSubject(tx, eventId, actor),
    sees: canSeeEvent,
    allow: (_actor, { standing }) => canEnd(standing),
    run: async ({ eventId }, { event }, { tx, now, record, audit }) => {
      if (!(await partWithEvent(tx, eventId, 'delete', now))) {
        throw new AppError(
          'CONFLICT',
          `Only a DRAFT can be deleted, this event is ${event.status}: cancel it instead.`,
        );
      }
      await record(eventDeleted, { eventId, hostId: event.hostId });
      audit({ targetType: 'event', targetId: eventId, before: { status: event.status }, after: { deletedAt: now } });
      return { eventId };
    },
  });
