import { AppError } from '../../../kernel/errors.ts';
import { createBatcher, type Submit } from '../../../platform/batcher.ts';
import type { BallotLoad, BallotStore, BallotVotes, CastBallot, Counts, Vote } from './ballot.store.ts';

/** A click a person is used to see at once; a crowd's become one entry a second and node. */
const BATCHES = { tickMs: 1_000, maxPerRoom: 5_000, maxWaiting: 20_000 };
/** Redis may lose what was loaded before it is used, when the room begins another epoch: then it is loaded again. */
const MAX_ATTEMPTS = 3;

/** Somebody's wish about one ballot. */
export interface Wish extends Omit<BallotVotes, 'id' | 'votes' | 'load'> {
  ballotId: string;
  vote: Vote;
}

/** Loads a ballot from PostgreSQL and the end of the log. */
export type LoadBallot = (eventId: string, ballotId: string) => Promise<BallotLoad>;

interface Deps {
  ballots: Pick<BallotStore, 'cast'>;
  kind: 'poll' | 'question';
  load: LoadBallot;
}

/** Gathers the votes of a node by event. Resolves with the ballot's counts once the log has the vote; GONE when it closed. */
export const gatherVotes = (deps: Deps): Submit<Wish, Counts> =>
  createBatcher({ ...BATCHES, flush: (eventId, wishes: Wish[]) => castAll(deps, eventId, wishes) });

const castAll = async (
  { ballots, kind, load }: Deps,
  eventId: string,
  wishes: Wish[],
): Promise<(Counts | AppError)[]> => {
  const gathered = gather(wishes);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const reply = await ballots.cast(eventId, kind, [...gathered.values()]);
    if (!('missing' in reply)) return outcomes(wishes, gathered, reply);
    for (const id of reply.missing) {
      const ballot = gathered.get(id);
      if (ballot) ballot.load = await load(eventId, id);
    }
  }
  throw new AppError('OVERLOADED', 'The votes could not be loaded.', { retryAfterMs: 250 });
};

/**
 * By ballot, each voter's last wish alone, in the order of the voters' names: what stands in the log does not tell in which
 * order people of one batch voted.
 */
const gather = (wishes: Wish[]): Map<string, BallotVotes> => {
  const last = new Map<string, Map<string, Wish>>();
  for (const wish of wishes) {
    const ofBallot = last.get(wish.ballotId) ?? new Map<string, Wish>();
    last.set(wish.ballotId, ofBallot.set(wish.vote.voter, wish));
  }
  return new Map(
    [...last].map(([id, ofBallot]) => {
      const [first] = ofBallot.values();
      const votes = [...ofBallot.values()].map(({ vote }) => vote).sort((a, b) => (a.voter < b.voter ? -1 : 1));
      const { closesAtMs = null, isCounted = true, isShown = false } = first ?? {};
      return [id, { id, votes, load: undefined, closesAtMs, isCounted, isShown }];
    }),
  );
};

const outcomes = (
  wishes: Wish[],
  gathered: ReadonlyMap<string, BallotVotes>,
  reply: CastBallot[],
): (Counts | AppError)[] => {
  const results = new Map([...gathered.keys()].map((id, place) => [id, reply[place]]));
  return wishes.map(({ ballotId, vote }) => {
    const result = results.get(ballotId);
    const place = gathered.get(ballotId)?.votes.findIndex(({ voter }) => voter === vote.voter) ?? -1;
    if (result?.tooLate[place] !== false) return new AppError('GONE', 'It takes no votes any more.');
    return { voters: result.voters, votes: result.votes };
  });
};
