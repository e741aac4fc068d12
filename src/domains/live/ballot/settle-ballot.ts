import { AppError } from '../../../kernel/errors.ts';
import type { BallotLoad, BallotStore, Counts, Settling } from './ballot.store.ts';
import type { LoadBallot } from './cast-votes.ts';

/** Redis may lose what was loaded before it is used, when the room begins another epoch: then it is loaded again. */
const MAX_ATTEMPTS = 3;

/** Opens, closes or merges a ballot in the room's log, loading what Redis has lost. @throws OVERLOADED */
export const settleBallot = async (
  { ballots, load }: { ballots: Pick<BallotStore, 'settle'>; load: LoadBallot },
  eventId: string,
  settling: Omit<Settling, 'load' | 'into'> & { intoId?: string },
): Promise<Counts> => {
  const { intoId, ...rest } = settling;
  const loads = new Map<string, BallotLoad>();
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const into = intoId === undefined ? {} : { into: { ballotId: intoId, load: loads.get(intoId) } };
    const reply = await ballots.settle(eventId, { ...rest, load: loads.get(rest.ballotId), ...into });
    if (!('missing' in reply)) return reply;
    for (const id of reply.missing) loads.set(id, await load(eventId, id));
  }
  throw new AppError('OVERLOADED', 'The votes could not be loaded.', { retryAfterMs: 250 });
};
