import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { eventArchived } from '../facts.ts';
import { toTime } from '../times.rules.ts';
import { reread } from './advance.steps.ts';
import { archive } from './contract.ts';
import { partWithEvent } from './event.writes.ts';
import { canManage, canSeeEvent } from './policy.ts';
import { showEvent } from './present.ts';
import { findSubject } from './subject.ts';

/** Puts a finished or cancelled event away. */
export const archiveEvent = ({ pictures }: Pictured) =>
  commit(archive, {
    load: ({ eventId }, { tx, actor }) => findSubject(tx, eventId, actor),
    sees: canSeeEvent,
    allow: (_actor, { standing }) => canManage(standing),
    run: async ({ eventId }, { event }, { tx, actor, now, record, audit }) => {
      if (!(await partWithEvent(tx, eventId, 'archive', now))) {
        throw new AppError(
          'CONFLICT',
          `An event must be COMPLETED or CANCELLED, and not archived; it is ${event.status}.`,
        );
      }
      await record(eventArchived, { eventId, hostId: event.hostId, archivedAt: toTime(now) });
      audit({ targetType: 'event', targetId: eventId, before: { archivedAt: null }, after: { archivedAt: now } });
      return showEvent(tx, await reread(tx, eventId, actor), { pictures, now });
    },
  });
