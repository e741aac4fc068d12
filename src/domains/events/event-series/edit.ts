import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import type { Committing } from '../event/advance.steps.ts';
import { changesOf } from '../event/changes.rules.ts';
import { applyChanges, refuseUneditable } from '../event/edit.ts';
import { findEvent, type TicketTypeRow } from '../event/event.reads.ts';
import { lockEvent } from '../event/event.writes.ts';
import { canManage, canSell, type Standing } from '../event/policy.ts';
import { findSubject } from '../event/subject.ts';
import { fieldsAfter, measureChange, retell, type SeriesChange, typeWindowsAfter } from './change.steps.ts';
import { edit } from './contract.ts';
import { editTypes, type LeftAlone, refuseUnknown } from './edit-types.steps.ts';
import { followingEvents } from './event-series.reads.ts';
import { updateSeries } from './event-series.writes.ts';
import { canSeeOccurrence } from './policy.ts';
import { showSeries } from './present.ts';
import { holdSeries } from './subject.steps.ts';
import { readTemplate } from './template.steps.ts';

/** Changes one event of a series, or it and all that follow. */
export const editSeries = ({ pictures }: Pictured) =>
  commit(edit, {
    load: async ({ eventId }, { tx, actor }) => {
      const subject = await findSubject(tx, eventId, actor);
      const seriesId = subject?.event.seriesId;
      const series = seriesId ? await holdSeries(tx, seriesId) : null;
      return subject && series && { ...subject, series };
    },
    sees: canSeeOccurrence,
    allow: (_actor, { standing }) => canManage(standing) && canSell(standing),
    run: async ({ eventId, scope, ticketTypes = [], ...input }, { event, standing, series }, context) => {
      const { tx, now } = context;
      refuseUneditable(event);
      refuseUnknown(ticketTypes, event);
      if (scope === 'FOLLOWING' && event.occurrenceAt === null)
        throw new AppError('CONFLICT', 'The event is no occurrence of its series.');
      const template = readTemplate(series);
      const editing = {
        ...measureChange(event, { input, ticketTypes, template, timeZone: series.timeZone }),
        standing,
      };
      const leftAlone: LeftAlone[] = [];
      const ids =
        scope === 'THIS' || event.occurrenceAt === null
          ? [eventId]
          : await followingEvents(tx, series.id, event.occurrenceAt);
      for (const id of ids) leftAlone.push(...(await editOne(id, editing, context)));
      if (scope === 'THIS') return { ...(await showSeries(tx, series, { pictures, now })), leftAlone };
      const changed = { title: input.title ?? series.title, template: retell(editing), updatedAt: now };
      return { ...(await showSeries(tx, await updateSeries(tx, series.id, changed), { pictures, now })), leftAlone };
    },
  });

interface Editing extends SeriesChange {
  standing: Standing;
}

const editOne = async (eventId: string, editing: Editing, context: Committing): Promise<LeftAlone[]> => {
  const { tx, now } = context;
  await lockEvent(tx, eventId);
  const event = await findEvent(tx, eventId);
  if (!event) return [];
  const changes = changesOf(fieldsAfter(editing, event, now), event);
  const moveType = (type: TicketTypeRow) => typeWindowsAfter(editing, event, { type, now });
  if (Object.keys(changes).length > 0) await applyChanges(event, changes, { ...context, moveType });
  return editTypes(eventId, editing, context);
};
