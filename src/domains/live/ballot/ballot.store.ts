import type { Redis } from 'ioredis';
import { newId } from '../../../platform/ids.ts';
import { loadScript } from '../../../platform/redis/script.ts';
import { partitionOf, partitionPrefix } from '../../../platform/rooms/keys.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { roomOf } from '../room-name.rules.ts';

const CAST = loadScript(new URL('./cast.lua', import.meta.url));
const SETTLE = loadScript(new URL('./settle.lua', import.meta.url));
const TTL_SECONDS = 24 * 3_600;
const NOT_LOADED = 1;

/** A vote as it is counted: by whom, and for what. */
export interface Vote {
  /** The voter's hash in a poll, the person's id where upvotes are counted. */
  voter: string;
  /** The choices joined by ',', a text where nothing is counted by choice, or '' to take the vote back. */
  value: string;
  /** The person, where a poll names its voters; else ''. */
  person: string;
}

/** The stored state of a ballot, with which Redis begins when it holds none. */
export interface BallotLoad {
  isClosed: boolean;
  /** Value by voter. */
  votes: Record<string, string>;
}

export interface BallotVotes {
  id: string;
  votes: Vote[];
  /** Absent as long as nobody has asked for it. */
  load: BallotLoad | undefined;
  closesAtMs: number | null;
  isCounted: boolean;
  isShown: boolean;
}

/** The counts of a ballot. */
export interface Counts {
  voters: number;
  /** By choice; a choice that nobody made is absent. */
  votes: Record<string, number>;
}

export interface CastBallot extends Counts {
  /** For each vote: whether it came too late. */
  tooLate: boolean[];
}

export interface Settling {
  /** Idempotency id of the entry. */
  entryId: string;
  mode: 'open' | 'close' | 'merge';
  isCounted: boolean;
  ballotId: string;
  load: BallotLoad | undefined;
  /** For a merge: the ballot that takes the voters. */
  into?: { ballotId: string; load: BallotLoad | undefined };
  signal: string;
  /** Where it holds the text `COUNTS`, the counts are put. */
  data: unknown;
  /** Names under which nodes remember something of the room, and which they forget with this entry. */
  affects: string[];
}

/** Stands in a signal's data for the counts that only the script knows. */
export const COUNTS = 'COUNTS';

export interface BallotStore {
  /**
   * Casts votes and appends what they changed, in one atomic step.
   * @param kind 'poll' for an entry a ballot, 'question' for one entry for all
   * @returns a result for each ballot, or the ids of those that have to be loaded before anything is done
   * @throws NOT_FOUND, OVERLOADED
   */
  cast: (
    eventId: string,
    kind: 'poll' | 'question',
    ballots: BallotVotes[],
  ) => Promise<CastBallot[] | { missing: string[] }>;
  /** Opens, closes or merges and appends the signal, in one atomic step. @returns the counts, or what has to be loaded */
  settle: (eventId: string, settling: Settling) => Promise<Counts | { missing: string[] }>;
  /** Gives the counts that Redis holds of a ballot; null when it holds none of this epoch. */
  counts: (eventId: string, ballotId: string, epoch: string) => Promise<Counts | null>;
  /** Gives a voter's vote as Redis holds it, '' for none; null when Redis holds no votes of this epoch. */
  voteOf: (eventId: string, ballotId: string, voted: { epoch: string; voter: string }) => Promise<string | null>;
  /** Gives all votes of a ballot by voter, as Redis holds them; null when it holds no votes of this epoch. */
  votes: (eventId: string, ballotId: string, epoch: string) => Promise<Record<string, string> | null>;
  /** Lets go of every vote on a ballot. */
  forget: (eventId: string, ballotId: string) => Promise<void>;
}

interface Deps {
  rooms: Pick<RoomLog, 'run'>;
  redis: { log: Redis };
}

/** Votes of ballots that are voted on, in the partition of the event's room; see ballot.lua. */
export const createBallotStore = ({ rooms, redis }: Deps): BallotStore => ({
  cast: async (eventId, kind, ballots) => {
    const keys = ballots.flatMap(({ id }) => keysOf(eventId, id));
    const args = [newId(), TTL_SECONDS, kind, ...ballots.flatMap(argumentsOf)];
    const [code, ...reply] = await rooms.run(roomOf(eventId), CAST, { keys, args });
    if (code === NOT_LOADED) return { missing: reply.map(String) };
    return ballots.map((_ballot, place) => castFrom(reply.slice(3 * place, 3 * place + 3)));
  },
  settle: async (eventId, settling) => {
    const { into, ballotId, load } = settling;
    const keys = [...keysOf(eventId, ballotId), ...(into ? keysOf(eventId, into.ballotId) : [])];
    const args = [
      ...[settling.entryId, TTL_SECONDS, settling.mode, flag(settling.isCounted), loadText(load), settling.signal],
      ...[JSON.stringify(settling.data), settling.affects.join(','), ballotId],
      ...(into ? [into.ballotId, loadText(into.load)] : []),
    ];
    const [code, ...reply] = await rooms.run(roomOf(eventId), SETTLE, { keys, args });
    return code === NOT_LOADED ? { missing: reply.map(String) } : countsFrom(reply);
  },
  counts: async (eventId, ballotId, epoch) => {
    const { '': loadedIn, '*': voters, '!': _, ...votes } = await redis.log.hgetall(keysOf(eventId, ballotId)[0]);
    if (loadedIn !== epoch) return null;
    const counted = Object.entries(votes).map(([choice, count]) => [choice, Number(count)] as const);
    return { voters: Number(voters), votes: Object.fromEntries(counted.filter(([, count]) => count > 0)) };
  },
  voteOf: async (eventId, ballotId, { epoch, voter }) => {
    const [totals, votes] = keysOf(eventId, ballotId);
    const [loadedIn, value] = await Promise.all([redis.log.hget(totals, ''), redis.log.hget(votes, voter)]);
    return loadedIn === epoch ? (value ?? '') : null;
  },
  votes: async (eventId, ballotId, epoch) => {
    const [totals, votes] = keysOf(eventId, ballotId);
    const [loadedIn, all] = await Promise.all([redis.log.hget(totals, ''), redis.log.hgetall(votes)]);
    return loadedIn === epoch ? all : null;
  },
  forget: async (eventId, ballotId) => {
    await redis.log.unlink(...keysOf(eventId, ballotId));
  },
});

const keysOf = (eventId: string, ballotId: string): [totals: string, votes: string] => {
  const room = roomOf(eventId);
  const prefix = `${partitionPrefix(partitionOf(room))}:ballot:${room}:${ballotId}`;
  return [`${prefix}:totals`, `${prefix}:votes`];
};

const flag = (value: boolean): number => (value ? 1 : 0);

const loadText = (load: BallotLoad | undefined): string => (load === undefined ? '' : JSON.stringify(load));

const argumentsOf = ({ id, votes, load, closesAtMs, isCounted, isShown }: BallotVotes): (string | number)[] => [
  ...[id, loadText(load), closesAtMs ?? '', flag(isCounted), flag(isShown), votes.length],
  ...votes.flatMap(({ voter, value, person }) => [voter, value, person]),
];

const countsFrom = ([totals, voters]: unknown[]): Counts => ({
  voters: Number(voters),
  // Safe: encoded by ballot.lua.
  votes: JSON.parse(String(totals)) as Record<string, number>,
});

const castFrom = ([totals, voters, outcomes]: unknown[]): CastBallot => ({
  ...countsFrom([totals, voters]),
  tooLate: [...String(outcomes)].map((outcome) => outcome === 'x'),
});
