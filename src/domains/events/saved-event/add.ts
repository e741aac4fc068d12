import { AppError } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { checkToCome } from '../event/check-fields.steps.ts';
import { canSeeEvent } from '../event/policy.ts';
import { findSubject } from '../event/subject.ts';
import { presentFields, toDate } from '../times.rules.ts';
import { add } from './contract.ts';
import { countSaved, findSaved, MAX_SAVED, showSaved } from './saved-event.reads.ts';
import { saveEvent } from './saved-event.writes.ts';

/** Puts an event on the caller’s list. */
export const addSavedEvent = () =>
  commit(add, {
    load: ({ eventId }, { tx, actor }) => findSubject(tx, eventId, actor),
    sees: canSeeEvent,
    allow: anyone,
    run: async ({ eventId, note, remindAt: remind }, _subject, { tx, actor: { userId }, now, audit }) => {
      const remindAt = toDate(remind);
      if (remindAt) checkToCome('remindAt', remindAt, now);
      const before = await findSaved(tx, userId, eventId);
      if (!before && (await countSaved(tx, userId)) >= MAX_SAVED) {
        throw new AppError('CONFLICT', `A list holds ${MAX_SAVED} events at most.`);
      }
      const change = presentFields({ note, remindAt });
      const after = showSaved(await saveEvent(tx, { userId, eventId, change, now }));
      audit({ targetType: 'savedEvent', targetId: eventId, before: before && showSaved(before), after });
      return after;
    },
  });
