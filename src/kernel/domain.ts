import type { Actor } from './actor.ts';
import type { FactContract, JobContract, PayloadOf, RoomContract, SignalContract } from './contract.ts';
import type { Handler } from './handler.ts';

/** One entry of a room's log as it was appended. */
export interface RoomEntry {
  /** Consecutive within an epoch; a later epoch goes on above every number of those before. */
  seq: number;
  signal: string;
  /** Milliseconds since 1970, from the log's own clock. */
  atMs: number;
  /** The user who caused it; absent when the server did. */
  by?: string;
  /** Counts only the entries appended with `counted`; 0 for the others. */
  ordinal: number;
  data: unknown;
  /** What the persister needs and clients never see. */
  hidden?: unknown;
}

/** Entries of one room past its durable watermark, in order. */
export interface RoomBatch {
  room: string;
  /** The parameter behind the colon. */
  id: string;
  epoch: string;
  entries: RoomEntry[];
}

/** Where a room's numbering starts when its log is not in Redis. */
export interface RoomSeed {
  /** The highest sequence number PostgreSQL knows; more may have been handed out, so numbering goes on well above it. */
  seq: number;
  ordinal: number;
  /** True only where no number can ever have been handed out: the room begins at 1. */
  unused?: boolean;
  /** Idempotency ids of the latest stored entries, so that a late repeat is still recognised. */
  recent: { id: string; seq: number }[];
  /** Time in ms of the first of `recent`, where entries were stored before it; absent where there were none. */
  recentSinceMs?: number;
}

/** What a domain answers for one kind of room. */
export interface RoomHandler<Tx = never> {
  contract: RoomContract;
  /** Asked on every watch and resume. False is answered as NOT_FOUND: strangers do not learn that the room exists. */
  canWatch: (actor: Actor, id: string) => Promise<boolean>;
  /** Null when there is no such room. */
  seed: (id: string) => Promise<RoomSeed | null>;
  /** Stores entries idempotently, in order, in the given transaction. Absent: the log's content lives elsewhere already. */
  persist?: (tx: Tx, batches: RoomBatch[]) => Promise<void>;
  /** Hears what has been stored, at least once, in the worker that did; nobody waits for what it does then. Never throws. */
  stored?: (batches: RoomBatch[]) => void;
}

/** Reacts to another domain's fact, at least once; `factId` is its idempotency key. */
export interface Subscriber<F extends FactContract = FactContract> {
  /** Unique among all subscribers; part of the key under which a delivery is remembered. */
  name: string;
  fact: F;
  /**
   * Set for those who take somebody's right away. `AT_ONCE`: it runs right after the commit, before its caller is answered,
   * and the queue brings the fact all the same. `NEXT`: it waits for the answer, which it would cut off, but for nothing
   * else in the queue. Both go before everything that waits there.
   */
  urgency?: 'AT_ONCE' | 'NEXT';
  /** Writes down in the transaction of its change that it has the fact; otherwise that is done after `run`. */
  marksItself?: true;
  run: (payload: PayloadOf<F>, factId: string) => Promise<void>;
}

export const subscribe = <F extends FactContract>(subscriber: Subscriber<F>): Subscriber =>
  // Safe: the relay parses the payload by this very fact's schema.
  subscriber as unknown as Subscriber;

export interface JobHandler<J extends JobContract = JobContract> {
  contract: J;
  run: (payload: PayloadOf<J>) => Promise<void>;
}

export const jobHandler = <J extends JobContract>(handler: JobHandler<J>): JobHandler =>
  // Safe: the consumer parses the payload by this very job's schema.
  handler as unknown as JobHandler;

/** Everything a domain offers to the shells. */
export interface Domain<Tx = never> {
  name: string;
  operations: Handler[];
  signals: SignalContract[];
  rooms: RoomHandler<Tx>[];
  jobs: JobHandler[];
  subscribers: Subscriber[];
}

/** The share of one topic in its domain. It leaves out what it has none of. */
export type Topic<Tx = never> = Partial<Omit<Domain<Tx>, 'name'>>;

/** Makes a domain of its topics. */
export const joinTopics = <Tx>(name: string, topics: readonly Topic<Tx>[]): Domain<Tx> => ({
  name,
  operations: topics.flatMap(({ operations = [] }) => operations),
  signals: topics.flatMap(({ signals = [] }) => signals),
  rooms: topics.flatMap(({ rooms = [] }) => rooms),
  jobs: topics.flatMap(({ jobs = [] }) => jobs),
  subscribers: topics.flatMap(({ subscribers = [] }) => subscribers),
});
