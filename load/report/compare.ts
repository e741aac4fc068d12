import { type LoadReport, refusedOf } from './contract.ts';
import { counted, duration, elapsedSeconds, inWords, time } from './figures.ts';
import { ratio, readable } from './table.ts';

/** Two figures that differ by less than this share of the first differ by chance. */
const NOISE = 0.1;
/** Of a single slowest answer nothing follows, so `max` is shown and not judged. */
const LATENCY_FIGURES = [
  ['p50', 'p50Ms', 'lower'],
  ['p90', 'p90Ms', 'lower'],
  ['p99', 'p99Ms', 'lower'],
  ['p99.9', 'p999Ms', 'lower'],
  ['max', 'maxMs', undefined],
] as const;

/** How the second run's figure is beside the first's; undefined for what is not judged or not measured in both. */
export type Change = 'better' | 'worse' | 'same';

/** One figure of two runs. */
export interface Row {
  name: string;
  a: number | null;
  b: number | null;
  unit: 'count' | '1/s' | 'ms' | 'µs' | '%';
  change?: Change | undefined;
}

/** Two runs side by side. */
export interface Comparison {
  scenario: string;
  sections: { title: string; rows: Row[] }[];
  /** Whatever else was not the same, each a sentence. */
  notes: string[];
  /** What got better and what worse, in plain words. */
  sentences: string[];
}

type Judging = 'lower' | 'higher' | 'fault' | undefined;
type Figures = Omit<Row, 'change'>;

/**
 * Compares run B with run A. Changes under 10 % are taken for chance, except that every difference in a count of faults counts.
 * @throws Error of one sentence when the runs are of two scenarios
 */
export function compareReports(a: LoadReport, b: LoadReport): Comparison {
  if (a.scenario !== b.scenario) {
    throw new Error(`Only runs of one scenario can be compared, and these are of "${a.scenario}" and "${b.scenario}".`);
  }
  const sections = [
    { title: 'Rates', rows: rates(a, b) },
    { title: 'Latencies', rows: latencies(a, b) },
    { title: 'Correctness', rows: correctness(a, b) },
    { title: 'Totals', rows: totals(a, b) },
    { title: 'Cost of the load tool', rows: costs(a, b) },
  ].filter(({ rows }) => rows.length > 0);
  return {
    scenario: a.scenario,
    sections,
    notes: notes(a, b),
    sentences: conclusions(sections.flatMap(({ rows }) => rows)),
  };
}

/** The figures of a row as people read them: A, B and B ÷ A. */
export const cellsOf = ({ a, b, unit }: Row): [a: string, b: string, ratio: string] => [
  printed(a, unit),
  printed(b, unit),
  ratio(b ?? undefined, a ?? undefined),
];

function rates(a: LoadReport, b: LoadReport): Row[] {
  const perSecond = (read: (totals: LoadReport['totals']) => number) =>
    both(a, b, (report) => (elapsedSeconds(report) > 0 ? read(report.totals) / elapsedSeconds(report) : null));
  const refused = both(a, b, ({ totals }) => (totals.sent > 0 ? (100 * refusedOf(totals)) / totals.sent : null));
  return [
    judged({ name: 'acknowledged', ...perSecond(({ acknowledged }) => acknowledged), unit: '1/s' }, 'higher'),
    judged({ name: 'deliveries', ...perSecond(({ deliveries }) => deliveries), unit: '1/s' }, 'higher'),
    judged({ name: 'refused of what was sent', ...refused, unit: '%' }, 'lower'),
  ];
}

const latencies = (a: LoadReport, b: LoadReport): Row[] =>
  union(Object.keys(a.latencies), Object.keys(b.latencies)).flatMap((name) =>
    LATENCY_FIGURES.map(([title, figure, judging]) => {
      const values = both(a, b, (report) => {
        const latency = Object.hasOwn(report.latencies, name) ? report.latencies[name] : undefined;
        return latency === undefined || latency.count === 0 ? null : latency[figure];
      });
      return judged({ name: `${inWords(name)} ${title}`, ...values, unit: 'ms' }, judging);
    }),
  );

const correctness = (a: LoadReport, b: LoadReport): Row[] =>
  union(
    a.correctness.map(({ name }) => name),
    b.correctness.map(({ name }) => name),
  ).map((name) => {
    const counts = both(a, b, (report) => report.correctness.find((fault) => fault.name === name)?.count ?? null);
    return judged({ name: inWords(name), ...counts, unit: 'count' }, 'fault');
  });

function totals(a: LoadReport, b: LoadReport): Row[] {
  const total = (name: string, read: (totals: LoadReport['totals']) => number, judging?: Judging) =>
    judged({ name, ...both(a, b, (report) => read(report.totals)), unit: 'count' }, judging);
  return [
    total('sent', ({ sent }) => sent),
    total('acknowledged', ({ acknowledged }) => acknowledged),
    total('deliveries', ({ deliveries }) => deliveries),
    total('refused', refusedOf),
    total('connections opened', ({ connectionsOpened }) => connectionsOpened),
    total('connections lost', ({ connectionsLost }) => connectionsLost, 'fault'),
  ];
}

/** What the tool uses is no merit of the server, so it is shown and not judged. */
const costs = (a: LoadReport, b: LoadReport): Row[] => [
  judged({ name: 'CPU for a message', ...both(a, b, ({ generator }) => generator.cpuMicrosPerMessage), unit: 'µs' }),
  judged({
    name: 'busiest process, of a core',
    ...both(a, b, ({ generator }) => 100 * generator.peakCpuShare),
    unit: '%',
  }),
];

const both = (a: LoadReport, b: LoadReport, read: (report: LoadReport) => number | null) => ({
  a: read(a),
  b: read(b),
});

const judged = (row: Figures, judging?: Judging): Row => ({ ...row, change: changeOf(row, judging) });

function changeOf({ a, b }: Figures, judging: Judging): Change | undefined {
  if (judging === undefined || a === null || b === null) return undefined;
  const difference = Math.abs(b - a);
  if (difference === 0 || (judging !== 'fault' && difference < NOISE * a)) return 'same';
  return b > a === (judging === 'higher') ? 'better' : 'worse';
}

function conclusions(rows: Row[]): string[] {
  const better = rows.filter(({ change }) => change === 'better');
  const worse = rows.filter(({ change }) => change === 'worse');
  if (better.length + worse.length === 0) return ['No figure differs by 10 % or more, and no count of faults differs.'];
  return [
    `B is ${[...part(better, 'better'), ...part(worse, 'worse')].join(' and ')} than A; changes under 10 % are taken for chance.`,
    ...list('Better', better),
    ...list('Worse', worse),
  ];
}

const part = (rows: Row[], word: string): string[] =>
  rows.length === 0 ? [] : [`${word} in ${counted(rows.length, 'figure')}`];

const list = (title: string, rows: Row[]): string[] =>
  rows.length === 0 ? [] : [`${title}: ${rows.map((row) => `${row.name} ${move(row)}`).join(', ')}.`];

function move(row: Row): string {
  const [a, b, times] = cellsOf(row);
  return times === '–' ? `${a} → ${b}` : `${a} → ${b} (${times})`;
}

function notes(a: LoadReport, b: LoadReport): string[] {
  const differences: [what: string, read: (report: LoadReport) => string][] = [
    ['The targets', ({ target }) => target.name],
    ['The numbers of users', ({ users }) => users.toLocaleString('en-US')],
    ['The lengths', ({ seconds }) => duration(seconds)],
    ['The processors', ({ machine }) => `${counted(machine.cores, 'core')} of ${machine.cpu}`],
    ['The versions of Node.js', ({ machine }) => machine.node],
  ];
  const runs: [name: string, report: LoadReport][] = [
    ['A', a],
    ['B', b],
  ];
  return [
    ...differences
      .filter(([, read]) => read(a) !== read(b))
      .map(([what, read]) => `${what} differ: ${read(a)} in A, ${read(b)} in B.`),
    ...runs.filter(([, { isInterrupted }]) => isInterrupted).map(([name]) => `${name} was stopped before its time.`),
    ...runs
      .filter(([, { generator }]) => generator.isLimit)
      .map(([name]) => `In ${name} the load tool was the limit, so its rates and latencies are not the server’s.`),
  ];
}

function printed(value: number | null, unit: Row['unit']): string {
  if (value === null) return '–';
  if (unit === 'ms') return time(value);
  if (unit === 'count') return value.toLocaleString('en-US');
  return unit === '1/s' ? `${readable(value)}/s` : `${readable(value)} ${unit}`;
}

const union = (a: string[], b: string[]): string[] => [...new Set([...a, ...b])];
