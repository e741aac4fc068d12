import type { Transaction } from '../../platform/db/client.ts';
import { findMute } from './standing/standing.reads.ts';

/** Whether somebody was sent out of an event's room, and may not come back yet. */
export const isSentOut = async (
  reader: Pick<Transaction, 'stageMute'>,
  eventId: string,
  person: { userId: string; now: Date },
): Promise<boolean> => (await findMute(reader, eventId, person))?.isRemoved ?? false;
