import { z } from 'zod';

/** A whole number of things, never negative. */
const Count = z.number().int().nonnegative();

/** A number of a named unit, never negative. */
const Amount = z.number().nonnegative();

/** A moment as ISO 8601 in UTC. */
const Instant = z.iso.datetime();

/** The version of the shape below. Reports of other versions are not read and not compared. */
export const REPORT_VERSION = 1;

/** Latencies that scenarios measure; a scenario may add names of its own. */
export const LATENCY_NAMES = ['connect', 'acknowledgement', 'delivery', 'history'] as const;

/** Faults that scenarios look for; a scenario may add names of its own. */
export const CORRECTNESS_NAMES = [
  'lost',
  'doubled',
  'reordered',
  'damaged',
  'phantom',
  'unreadWrong',
  'oversold',
  'chargedWithoutSeat',
] as const;

/** The machine that the load came from, and usually the server too. */
const Machine = z.object({
  cpu: z.string(),
  cores: Count,
  memoryBytes: Count,
  /** Version of Node.js. */
  node: z.string(),
  platform: z.string(),
  /** Processes that wanted a core, on average over 1, 5 and 15 minutes, before the run. */
  loadAverage: z.array(Amount),
});

/** The server under load. */
const Target = z.object({
  /** `rally`, or what the adapter calls itself. */
  name: z.string(),
  url: z.string(),
  /** What a reader must know of this target, each a sentence. */
  notes: z.array(z.string()),
});

/** What the load tool itself cost. */
const Generator = z.object({
  processes: Count,
  /** CPU time of all its processes for one message sent, in µs. */
  cpuMicrosPerMessage: Amount,
  /** The most that one of its processes used of one core in any second, 0 to 1. */
  peakCpuShare: Amount,
  /** Whether the tool, and not the server, may be what limited the figures. */
  isLimit: z.boolean(),
  sentence: z.string(),
});

/** Counts over the whole run. */
const Totals = z.object({
  sent: Count,
  acknowledged: Count,
  deliveries: Count,
  connectionsOpened: Count,
  /** Connections that ended before the run did. */
  connectionsLost: Count,
  /** How many requests were refused, by the code of the refusal. */
  refusals: z.record(z.string(), Count),
});

/** How long one thing took, in ms. The figures say nothing when `count` is 0. */
const Latency = z.object({
  count: Count,
  p50Ms: Amount,
  p90Ms: Amount,
  p99Ms: Amount,
  p999Ms: Amount,
  maxMs: Amount,
});

/** One kind of fault that was looked for, and how many there were. */
const Correctness = z.object({
  name: z.string(),
  count: Count,
  /** A sentence that says what is counted. */
  meaning: z.string(),
});

/** One expectation of the command line, checked. */
const CheckedExpectation = z.object({
  /** As it was given: `delivery.p99<250ms`. */
  text: z.string(),
  /** What was measured: ms of a latency, % of what was sent where the text asks so, else a count; null when not measured. */
  value: z.number().nullable(),
  /** What was not measured is not met. */
  isMet: z.boolean(),
});

const Verdict = z.object({ isGood: z.boolean(), sentences: z.array(z.string()) });

/** One value for each of the `seconds` beside; null where nothing was measured. */
const values = z.array(z.number().nullable());

/** Time is in seconds since `startedAt`; every line has one value for each of them. */
const Series = z
  .object({
    seconds: z.array(Amount),
    lines: z.array(
      z.object({
        name: z.string(),
        unit: z.enum(['1/s', 'ms', 'connections']),
        group: z.enum(['rate', 'latency', 'connections', 'errors']),
        values,
      }),
    ),
  })
  .refine(isAligned, 'every line needs one value for each second');

/** What the server says of itself: delay of the event loop, lag of the persister, queues, memory. Units are free. */
const ServerSeries = z
  .object({ seconds: z.array(Amount), lines: z.array(z.object({ name: z.string(), unit: z.string(), values })) })
  .refine(isAligned, 'every line needs one value for each second');

/** All that one run of the load tool found; `report.json` is exactly this. */
export const LoadReport = z.object({
  version: z.literal(REPORT_VERSION),
  scenario: z.string(),
  users: Count,
  /** How long the load was meant to last, in s. */
  seconds: Amount,
  /** How long it took by plan until all users were there, in s. */
  rampSeconds: Amount,
  url: z.string(),
  /** The command line that runs the same again. */
  command: z.string(),
  startedAt: Instant,
  endedAt: Instant,
  /** Whether somebody stopped it before its time. */
  isInterrupted: z.boolean(),
  machine: Machine,
  target: Target,
  generator: Generator,
  totals: Totals,
  latencies: z.record(z.string(), Latency),
  correctness: z.array(Correctness),
  expectations: z.array(CheckedExpectation),
  verdict: Verdict,
  series: Series,
  /** Null for a server that does not tell. */
  server: ServerSeries.nullable(),
});

export type LoadReport = z.infer<typeof LoadReport>;
export type Latency = z.infer<typeof Latency>;
export type Verdict = z.infer<typeof Verdict>;
export type CheckedExpectation = z.infer<typeof CheckedExpectation>;

/** A report whose verdict is still to be given. */
export type UnjudgedReport = Omit<LoadReport, 'verdict'>;

/** All that was measured, before expectations are checked. */
export type Measured = Omit<UnjudgedReport, 'expectations'>;

/** How many requests were refused, whatever the reason. */
export const refusedOf = ({ refusals }: LoadReport['totals']): number =>
  Object.values(refusals).reduce((total, count) => total + count, 0);

function isAligned({ seconds, lines }: { seconds: number[]; lines: { values: unknown[] }[] }): boolean {
  return lines.every((line) => line.values.length === seconds.length);
}
