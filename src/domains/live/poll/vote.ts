import { AppError } from '../../../kernel/errors.ts';
import { handle } from '../../../kernel/handler.ts';
import type { Submit } from '../../../platform/batcher.ts';
import type { Counts } from '../ballot/ballot.store.ts';
import type { Wish } from '../ballot/cast-votes.ts';
import { pollName, roomOf } from '../room-name.rules.ts';
import { isShownToAll, seesPoll, seesTally, type Viewer } from '../standing/policy.ts';
import { findOnStage, type OnStage, refuseIdle, type StandingDeps } from '../standing/standing.ts';
import { vote } from './contract.ts';
import { findPoll, isCounted, type PollRow } from './poll.reads.ts';
import { voterHash, voteValue } from './poll.rules.ts';
import { openKey, resultsOf, type TallyDeps } from './tally.ts';

interface Deps extends StandingDeps, Pick<TallyDeps, 'sealing'> {
  cast: Submit<Wish, Counts>;
}

interface Subject extends OnStage {
  poll: PollRow;
  key: Buffer | null;
}

/** Votes with the event's next batch. In what is kept, nobody but the voter's hash stands beside what they chose. */
export const voteInPoll = (deps: Deps) =>
  handle(vote, {
    load: async ({ eventId, pollId }, { actor, now }): Promise<Subject | null> => {
      const known = await rememberedPoll(deps, eventId, pollId);
      if (!known) return null;
      const onStage = await findOnStage(deps, eventId, { actor, now, wantsLetIn: known.poll.admittedOnly });
      return onStage && { ...onStage, ...known };
    },
    sees: (_actor, { poll, viewer }) => seesPoll(poll, viewer),
    allow: (_actor, { poll, viewer }) => !poll.admittedOnly || viewer.wasLetIn,
    run: async ({ eventId, pollId, choices, text }, { poll, key, stage, viewer }, { actor, now }) => {
      refuseIdle({ stage, viewer }, now);
      const value = voteValue({ ...poll, optionIds: poll.options.map(({ id }) => id) }, { choices, text });
      if (poll.status === 'DRAFT') throw new AppError('CONFLICT', 'The poll is not open yet.');
      if (poll.status !== 'OPEN' || !key) throw new AppError('GONE', 'The poll takes no votes any more.');
      const person = poll.anonymity === 'NAMED' ? actor.userId : '';
      const counts = await deps.cast(eventId, {
        ballotId: pollId,
        vote: { voter: voterHash(key, actor.userId), value, person },
        closesAtMs: poll.closesAt?.getTime() ?? null,
        isCounted: isCounted(poll),
        isShown: isShownToAll(poll) && isCounted(poll),
      });
      return { counted: true as const, ...shownTo(poll, viewer, counts) };
    },
  });

/** The poll as this node remembers it; forgotten with every entry that changes it. */
const rememberedPoll = async (deps: Deps, eventId: string, pollId: string) => {
  const load = async () => {
    const poll = await findPoll(deps.database, eventId, pollId);
    return poll && { poll, key: openKey(deps.sealing, poll) };
  };
  try {
    return await deps.grants.find(roomOf(eventId), pollName(pollId), load);
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
};

const shownTo = (poll: PollRow, { supervises }: Viewer, counts: Counts) =>
  seesTally(poll, { supervises, hasVoted: true }) && isCounted(poll) ? { results: resultsOf(poll, counts) } : {};
