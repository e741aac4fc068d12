import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { movePoll } from './move.steps.ts';
import { openPollIds } from './poll.reads.ts';
import { holdPoll } from './poll.writes.ts';

interface Closing {
  tx: Transaction;
  record: RecordFact;
  now: Date;
}

/** Closes every open poll of an event. */
export const closeOpenPolls = async (
  closing: Closing,
  { eventId, hostId }: { eventId: string; hostId: string },
): Promise<void> => {
  for (const pollId of await openPollIds(closing.tx, eventId)) {
    const poll = await holdPoll(closing.tx, eventId, pollId);
    if (poll?.status === 'OPEN') await movePoll(closing, { poll, hostId }, 'close');
  }
};
