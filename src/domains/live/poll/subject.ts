import type { Actor } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Viewer } from '../standing/policy.ts';
import { readViewer } from '../standing/standing.reads.ts';
import type { PollRow } from './poll.reads.ts';
import { holdPoll } from './poll.writes.ts';

export interface PollSubject {
  viewer: Viewer;
  poll: PollRow;
}

/** A poll that is held, and how somebody stands to its stage; null where there is none for them. */
export const findPollSubject = async (
  tx: Transaction,
  { eventId, pollId }: { eventId: string; pollId: string },
  { actor, now }: { actor: Actor; now: Date },
): Promise<PollSubject | null> => {
  const viewer = await readViewer(tx, eventId, { actor, now });
  const poll = viewer && (await holdPoll(tx, eventId, pollId));
  return poll && { viewer, poll };
};
