import type { InputOf } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import type { Committing } from '../event/advance.ts';
import { changesOf } from '../event/changes.ts';
import { applyChanges, refuseUneditable } from '../event/edit.ts';
import { type EventRow, findEvent } from '../event/event.reads.ts';
import { lockEvent } from '../event/event.writes.ts';
import { canManage, canSell } from '../event/policy.ts';
import { findSubject } from '../event/subject.ts';
import { presentFields, toDate } from '../times.ts';
import { edit } from './contract.ts';
import { editTypes, type LeftAlone, refuseUnknown, retellTypes } from './edit-types.ts';
import { followingEvents, type SeriesRow } from './event-series.reads.ts';
import { updateSeries } from './event-series.writes.ts';
import { showSeries } from './show.ts';
import { holdSeries } from './subject.ts';
import { startOf, Template } from './template.ts';

/** Changes one event of a series, or it and all that follow. */
export const editSeries = ({ pictures }: Pictured) =>
  commit(edit, {
    load: async ({ eventId }, { tx, actor }) => {
      const subject = await findSubject(tx, eventId, actor);
      const seriesId = subject?.event.seriesId;
      const series = seriesId ? await holdSeries(tx, seriesId, actor) : null;
      return subject && series && { ...subject, series };
    },
    allow: (_actor, { standing }) => canManage(standing) && canSell(standing),
    run: async ({ eventId, scope, ticketTypes = [], ...input }, { event, standing, series }, context) => {
      const { tx, now } = context;
      refuseUneditable(event);
      refuseUnknown(ticketTypes, event);
      const editing = { input, series };
      const retype = (id: string) => editTypes(id, { changes: ticketTypes, first: event, standing }, context);
      if (scope === 'THIS') {
        const leftAlone = await retype(eventId);
        await editOne(eventId, editing, context);
        return { ...(await showSeries(tx, series, { pictures, now })), leftAlone };
      }
      if (event.occurrenceAt === null) throw new AppError('CONFLICT', 'The event is no occurrence of its series.');
      const leftAlone: LeftAlone[] = [];
      for (const id of await followingEvents(tx, series.id, event.occurrenceAt)) {
        leftAlone.push(...(await retype(id)));
        await editOne(id, editing, context);
      }
      const retold = retellTypes(Template.parse(series.template), ticketTypes, event.startDate);
      const changed = { title: input.title ?? series.title, template: retell(retold, input), updatedAt: now };
      return { ...(await showSeries(tx, await updateSeries(tx, series.id, changed), { pictures, now })), leftAlone };
    },
  });

type SeriesChange = Omit<InputOf<typeof edit>, 'eventId' | 'scope' | 'ticketTypes'>;

interface Editing {
  input: SeriesChange;
  series: SeriesRow;
}

const editOne = async (eventId: string, { input, series }: Editing, context: Committing): Promise<void> => {
  await lockEvent(context.tx, eventId);
  const event = await findEvent(context.tx, eventId);
  if (!event) return;
  const { startTime: _startTime, durationMinutes: _durationMinutes, ...fields } = input;
  const registration = {
    registrationOpensAt: toDate(input.registrationOpensAt),
    registrationClosesAt: toDate(input.registrationClosesAt),
  };
  const changes = changesOf({ ...fields, ...registration, ...datesOf(event, { input, series }) }, event);
  if (Object.keys(changes).length > 0) await applyChanges(event, changes, context);
};

/** The event’s dates after the change; who was moved to another day by hand keeps it. */
const datesOf = (event: EventRow, { input, series }: Editing) => {
  const { startTime, durationMinutes } = input;
  if (startTime === undefined && durationMinutes === undefined) return {};
  const startDate = startTime === undefined ? event.startDate : startOf(event.startDate, startTime, series.timeZone);
  const lastedMs = event.endDate.getTime() - event.startDate.getTime();
  const durationMs = durationMinutes === undefined ? lastedMs : durationMinutes * 60_000;
  return { startDate, endDate: new Date(startDate.getTime() + durationMs) };
};

/** What the events to come are made from, after the change. */
const retell = (template: Template, { startTime, durationMinutes, ...fields }: SeriesChange): Template => ({
  event: { ...template.event, ...presentFields(fields) },
  startTime: startTime ?? template.startTime,
  durationMs: durationMinutes === undefined ? template.durationMs : durationMinutes * 60_000,
});
