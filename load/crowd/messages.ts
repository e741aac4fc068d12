import type { Person } from '../adapter.ts';
import type { Faults } from '../generator/verifier.ts';
import type { Options } from '../options.ts';
import type { Plan } from '../scenarios/scenario.ts';

/** What a process is told to do. */
export type Order =
  | {
      kind: 'begin';
      options: Options;
      people: Person[];
      plan: Plan /** Distinguishes the processes of a run. */;
      part: number;
      seed: number;
    }
  | { kind: 'end' };

/** Samples of one latency in one second: bucket and count in turn, as `Histogram.sparse` gives them. */
export type Samples = Record<string, number[]>;

/** What happened in a process since its last word; everything but `connections` is a difference. */
export interface Tick {
  sent: number;
  acknowledged: number;
  deliveries: number;
  connections: number;
  opened: number;
  lost: number;
  refusals: Record<string, number>;
  counts: Record<string, number>;
  samples: Samples;
  /** Of one core, 0 to 1. */
  cpuShare: number;
  cpuMicros: number;
  /** The longest that something was done after it was due, in milliseconds. */
  latestMs: number;
  missing: number;
}

/** What was wrong in the end. */
export interface Closing {
  faults: Faults;
  others: { name: string; count: number; meaning: string }[];
  notes: string[];
}

export type Word =
  | { kind: 'tick'; tick: Tick }
  | { kind: 'closing'; tick: Tick; closing: Closing }
  | { kind: 'failed'; reason: string };
