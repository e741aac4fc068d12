import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { newId } from '../../../platform/ids.ts';
import type { EventRow } from '../event/event.reads.ts';
import { canManage, canSeeEvent } from '../event/policy.ts';
import { findSubject } from '../event/subject.ts';
import { updatePublished } from '../facts.ts';
import { publish } from './contract.ts';
import { showUpdate } from './event-update.reads.ts';
import { insertUpdate } from './event-update.writes.ts';

/** Tells people about the event. Rooms and notifications follow from the fact. */
export const publishUpdate = () =>
  commit(publish, {
    load: ({ eventId }, { tx, actor }) => findSubject(tx, eventId, actor),
    sees: canSeeEvent,
    allow: (_actor, { standing }) => canManage(standing),
    run: async (input, { event }, { tx, actor, now, record, audit }) => {
      refuseDraft(event);
      const stamps = { publishedAt: now, createdAt: now, updatedAt: now };
      const row = await insertUpdate(tx, { ...input, id: newId(), authorId: actor.userId, ...stamps });
      const { id: updateId, eventId, authorId, kind, audience, title } = row;
      await record(updatePublished, { eventId, hostId: event.hostId, updateId, authorId, kind, audience, title });
      audit({ targetType: 'eventUpdate', targetId: updateId, after: showUpdate(row) });
      return showUpdate(row);
    },
  });

/** @throws CONFLICT for an event nobody was told of */
const refuseDraft = ({ status }: Pick<EventRow, 'status'>): void => {
  if (status === 'DRAFT' || status === 'PENDING_REVIEW') {
    throw new AppError('CONFLICT', `The event is ${status}: publish it before you tell people about it.`);
  }
};
