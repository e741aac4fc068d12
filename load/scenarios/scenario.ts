import type { Adapter, Person, Tell } from '../adapter.ts';
import type { Crowd } from '../crowd/crowd.ts';
import type { Options } from '../options.ts';

/** What is prepared before anybody comes. */
export interface Preparation {
  adapter: Adapter;
  options: Options;
  people: Person[];
  tell: Tell;
}

/** A room and who is in it, by their places among all people. */
export interface PlannedRoom {
  id: string;
  members: number[];
}

/** What the processes are given: rooms stay whole, each in one process. */
export interface Plan {
  rooms: PlannedRoom[];
  /** What this scenario's `play` and `recount` need besides; JSON. */
  more?: unknown;
}

/** Something that was counted afterwards and must be 0. */
export interface Finding {
  name: string;
  count: number;
  /** What a count above 0 means, in a sentence. */
  meaning: string;
}

/** One kind of load. See load/README.md for how to write one. */
export interface Scenario {
  /** In a sentence, for the report. */
  summary: string;
  /** Operations whose latency is measured besides connecting, sending and delivery; `--expect` may name them. */
  latencies?: readonly string[];
  /** Opens what is needed on the server, once, before the run. @throws Error in one sentence */
  prepare: (preparation: Preparation) => Promise<Plan>;
  /** What the users of one process do until the crowd's end; connecting and leaving are the crowd's. */
  play: (crowd: Crowd, more: unknown) => Promise<void>;
  /** Counts on the server what must be right afterwards. */
  recount?: (preparation: Preparation, plan: Plan) => Promise<Finding[]>;
}
