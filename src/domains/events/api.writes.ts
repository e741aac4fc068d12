import type { UpdateAudience } from '../../generated/prisma/enums.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { RecordFact } from '../../platform/facts/record.ts';
import { newId } from '../../platform/ids.ts';
import type { Removal } from '../../platform/removal.ts';
import { removeMadeEvents } from './event/remove-made.steps.ts';
import { insertUpdate } from './event-update/event-update.writes.ts';
import { updatePublished } from './facts.ts';

/** See `event/remove-made.ts`: removes the events that test accounts host, and what they booked at those of others. */
export const removeEventsOf: Removal = (removing) => removeMadeEvents(removing);

/** Tells people about an event in the words of its team; rooms and notifications follow from the fact. */
export const publishUpdate = async (
  { tx, record }: { tx: Transaction; record: RecordFact },
  update: {
    eventId: string;
    hostId: string;
    authorId: string;
    title: string;
    body: string;
    audience: UpdateAudience;
    now: Date;
  },
): Promise<{ updateId: string }> => {
  const { eventId, hostId, authorId, title, body, audience, now } = update;
  const { id: updateId, kind } = await insertUpdate(tx, {
    ...{ id: newId(), eventId, authorId, title, body, audience },
    ...{ publishedAt: now, createdAt: now, updatedAt: now },
  });
  await record(updatePublished, { eventId, hostId, updateId, authorId, kind, audience, title });
  return { updateId };
};
