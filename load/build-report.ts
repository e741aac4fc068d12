import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import type { Closing } from './crowd/messages.ts';
import { correctnessOf, type Gathered, type Second } from './gather.ts';
import type { Histogram } from './generator/histogram.ts';
import type { Options } from './options.ts';
import type { Latency, LoadReport, Measured } from './report/contract.ts';
import type { Finding } from './scenarios/scenario.ts';
import type { MetricLine } from './server-metrics.ts';

/** Above this share of a core a process of the tool is taken for the limit. */
const BUSY_SHARE = 0.85;
/** So late, and what is measured is the tool's own lateness. */
const LATE_MS = 100;

interface Run {
  options: Options;
  targetName: string;
  notes: string[];
  command: string;
  startedAt: Date;
  endedAt: Date;
  isInterrupted: boolean;
  processes: number;
  gathered: Gathered;
  closings: readonly Closing[];
  findings: readonly Finding[];
  server: MetricLine[] | null;
}

/** Everything that was measured, as the report holds it. */
export const measured = (run: Run): Measured => {
  const { options, gathered, closings } = run;
  const seconds = gathered.seconds.map((_second, index) => index + 1);
  return {
    version: 1,
    ...{ scenario: options.scenario, users: options.users, seconds: options.seconds, rampSeconds: options.ramp },
    ...{ url: options.url, command: run.command, isInterrupted: run.isInterrupted },
    ...{ startedAt: run.startedAt.toISOString(), endedAt: run.endedAt.toISOString() },
    machine: machine(),
    target: {
      name: run.targetName,
      url: options.url,
      notes: [...run.notes, ...countNotes(gathered), ...closings.flatMap(({ notes }) => notes)],
    },
    generator: generatorOf(gathered, run.processes),
    totals: {
      sent: gathered.sent,
      acknowledged: gathered.acknowledged,
      deliveries: gathered.deliveries,
      connectionsOpened: gathered.opened,
      connectionsLost: gathered.lost,
      refusals: Object.fromEntries(gathered.refusals),
    },
    latencies: Object.fromEntries(
      [...gathered.latencies]
        .filter(([, { count }]) => count > 0)
        .map(([name, histogram]) => [name, latencyOf(histogram)]),
    ),
    correctness: [...correctnessOf(closings), ...run.findings],
    series: { seconds, lines: linesOf(gathered.seconds) },
    server: run.server && {
      seconds,
      lines: run.server.map((line) => ({
        ...line,
        values: seconds.map((_second, index) => line.values[index] ?? null),
      })),
    },
  };
};

const machine = (): LoadReport['machine'] => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryBytes: totalmem(),
  node: process.version,
  platform: `${platform()} ${release()}`,
  loadAverage: loadavg(),
});

const latencyOf = (histogram: Histogram): Latency => ({
  count: histogram.count,
  p50Ms: histogram.percentile(0.5),
  p90Ms: histogram.percentile(0.9),
  p99Ms: histogram.percentile(0.99),
  p999Ms: histogram.percentile(0.999),
  maxMs: histogram.percentile(1),
});

const generatorOf = (
  { sent, deliveries, cpuMicros, peakCpuShare, latestMs }: Gathered,
  processes: number,
): LoadReport['generator'] => {
  const isLimit = peakCpuShare > BUSY_SHARE || latestMs > LATE_MS;
  const cost = cpuMicros / Math.max(1, sent + deliveries);
  const peak = `its busiest process used ${Math.round(peakCpuShare * 100)} % of a core, and was ${Math.round(latestMs)} ms late at most`;
  return {
    processes,
    cpuMicrosPerMessage: cpuMicros / Math.max(1, sent),
    peakCpuShare: Math.min(1, peakCpuShare),
    isLimit,
    sentence: isLimit
      ? `The tool itself may be what limited these figures: ${peak}. Use fewer users, a longer --think, or another machine.`
      : `The tool took ${cost.toFixed(1)} µs of CPU for each message sent or delivered; ${peak}.`,
  };
};

const countNotes = ({ counts }: Gathered): string[] =>
  counts.size === 0 ? [] : [`Counted: ${[...counts].map(([name, count]) => `${name} ${count}`).join(', ')}.`];

const linesOf = (seconds: readonly Second[]): LoadReport['series']['lines'] => {
  const line = (
    name: string,
    about: { unit: '1/s' | 'ms' | 'connections'; group: 'rate' | 'latency' | 'connections' | 'errors' },
    key: keyof Second,
  ) => ({ name, ...about, values: seconds.map((second) => second[key]) });
  const rate = { unit: '1/s', group: 'rate' } as const;
  const latency = { unit: 'ms', group: 'latency' } as const;
  return [
    line('sent', rate, 'sent'),
    line('acknowledged', rate, 'acknowledged'),
    line('delivered', rate, 'deliveries'),
    line('acknowledgement p50', latency, 'acknowledgementP50Ms'),
    line('acknowledgement p99', latency, 'acknowledgementP99Ms'),
    line('delivery p50', latency, 'deliveryP50Ms'),
    line('delivery p99', latency, 'deliveryP99Ms'),
    line('connections', { unit: 'connections', group: 'connections' }, 'connections'),
    line('refused', { unit: '1/s', group: 'errors' }, 'refused'),
  ];
};
