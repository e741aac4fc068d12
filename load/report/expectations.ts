import {
  type CheckedExpectation,
  CORRECTNESS_NAMES,
  LATENCY_NAMES,
  type Latency,
  type Measured,
  refusedOf,
} from './contract.ts';

const FIGURES = { p50: 'p50Ms', p90: 'p90Ms', p99: 'p99Ms', p999: 'p999Ms', max: 'maxMs' } as const;

const TOTALS = {
  sent: ({ sent }) => sent,
  acknowledged: ({ acknowledged }) => acknowledged,
  refused: refusedOf,
  connections: ({ connectionsOpened }) => connectionsOpened,
  connectionsLost: ({ connectionsLost }) => connectionsLost,
} satisfies Record<string, (totals: Measured['totals']) => number>;

/** Totals that a share of what was sent says something of. */
const SHARED: readonly string[] = ['acknowledged', 'refused'];

const COMPARISONS = {
  '<': (value: number, limit: number) => value < limit,
  '<=': (value: number, limit: number) => value <= limit,
  '=': (value: number, limit: number) => value === limit,
  '>=': (value: number, limit: number) => value >= limit,
  '>': (value: number, limit: number) => value > limit,
};

const UNITS = ['', 'ms', 's', '%'] as const;

type Figure = keyof typeof FIGURES;
type Total = keyof typeof TOTALS;
type Operator = keyof typeof COMPARISONS;
type Unit = (typeof UNITS)[number];

/** What an expectation speaks of. */
export type Subject =
  | { kind: 'latency'; name: string; figure: keyof Omit<Latency, 'count'> }
  | { kind: 'correctness'; name: string }
  | { kind: 'total'; name: Total };

/** One comparison of the command line. */
export interface Expectation {
  /** As it was given. */
  text: string;
  subject: Subject;
  operator: Operator;
  /** In ms for a latency, in % of what was sent when `isShare`, else a count. */
  limit: number;
  isShare: boolean;
}

/** What may be asked of a run: what its scenario measures. */
export interface Askable {
  /** Its name stands for `delivery` too: `chat.p99`. */
  scenario: string;
  latencies: readonly string[];
  correctness: readonly string[];
}

const ANYTHING: Askable = { scenario: 'chat', latencies: LATENCY_NAMES, correctness: CORRECTNESS_NAMES };

/**
 * Reads `--expect`: comparisons with commas between them, as in `delivery.p99<250ms,lost=0,refused<1%`.
 * `ack` stands for `acknowledgement`, `chat` and the scenario's name for `delivery`.
 * @throws Error of one sentence that names the bad expectation and lists what may be asked
 */
export const parseExpectations = (text: string, askable: Askable = ANYTHING): Expectation[] =>
  text.split(',').map((piece) => parseOne(piece.trim(), askable));

/** Compares what was measured with what was expected, in the same order. What was not measured is not met. */
export const checkExpectations = (expectations: readonly Expectation[], report: Measured): CheckedExpectation[] =>
  expectations.map((expectation) => {
    const value = measuredBy(expectation, report);
    const isMet = value !== null && COMPARISONS[expectation.operator](value, expectation.limit);
    return { text: expectation.text, value, isMet };
  });

function parseOne(text: string, askable: Askable): Expectation {
  const refuse = (reason: string): never => {
    throw new Error(`The expectation "${text}" ${reason}; ${describe(askable)}.`);
  };
  const [, asked = '', operator = '', number = '', unit = ''] =
    /^([^<>=]*?)\s*(<=|>=|<|>|=)\s*(\d+(?:\.\d+)?)\s*(ms|s|%|)$/.exec(text) ?? [];
  if (!isOperator(operator) || !isUnit(unit)) return refuse('is not of the form subject, comparison, number');
  const subject = subjectOf(asked, askable) ?? refuse(`asks for "${asked}", which there is not`);
  const objection = objectionTo(subject, unit);
  if (objection !== undefined) return refuse(objection);
  return { text, subject, operator, limit: Number(number) * (unit === 's' ? 1000 : 1), isShare: unit === '%' };
}

/** A whole subject is tried as a count first, then what is before its last dot as a latency. */
function subjectOf(asked: string, askable: Askable): Subject | undefined {
  if (isTotal(asked)) return { kind: 'total', name: asked };
  if (askable.correctness.includes(asked)) return { kind: 'correctness', name: asked };
  const dot = asked.lastIndexOf('.');
  const figure = asked.slice(dot + 1);
  const name = latencyOf(asked.slice(0, Math.max(0, dot)), askable);
  if (name === undefined || !isFigure(figure)) return undefined;
  return { kind: 'latency', name, figure: FIGURES[figure] };
}

/** A latency's own name goes before an alias: a scenario may be called as one of its latencies is. */
function latencyOf(name: string, { scenario, latencies }: Askable): string | undefined {
  if (latencies.includes(name)) return name;
  if (name === 'ack' && latencies.includes('acknowledgement')) return 'acknowledgement';
  if ((name === 'chat' || name === scenario) && latencies.includes('delivery')) return 'delivery';
  return undefined;
}

function objectionTo(subject: Subject, unit: Unit): string | undefined {
  const isTime = unit === 'ms' || unit === 's';
  if (subject.kind === 'latency') return isTime ? undefined : 'needs its limit in ms or s';
  if (isTime) return 'compares a count with a time';
  if (unit === '%' && subject.kind === 'total' && !SHARED.includes(subject.name)) {
    return 'cannot be a share of what was sent';
  }
  return undefined;
}

function measuredBy({ subject, isShare }: Expectation, report: Measured): number | null {
  if (subject.kind === 'latency') return latencyIn(report, subject);
  const count = countIn(report, subject);
  if (count === undefined) return null;
  if (!isShare) return count;
  return report.totals.sent === 0 ? null : (100 * count) / report.totals.sent;
}

function latencyIn({ latencies }: Measured, { name, figure }: Extract<Subject, { kind: 'latency' }>): number | null {
  const latency = Object.hasOwn(latencies, name) ? latencies[name] : undefined;
  return latency === undefined || latency.count === 0 ? null : latency[figure];
}

const countIn = (report: Measured, subject: Exclude<Subject, { kind: 'latency' }>): number | undefined =>
  subject.kind === 'total'
    ? TOTALS[subject.name](report.totals)
    : report.correctness.find(({ name }) => name === subject.name)?.count;

function describe({ scenario, latencies, correctness }: Askable): string {
  const deliveryToo = [...new Set(['chat', scenario])].filter((name) => !latencies.includes(name));
  const aliases = new Map([
    ['acknowledgement', ['ack']],
    ['delivery', deliveryToo],
  ]);
  const named = latencies.map((name) => [name, ...(aliases.get(name) ?? [])].join(' or '));
  const times = `${named.join(', ')} with .${Object.keys(FIGURES).join(' .')} in ms or s`;
  const counts = [...correctness, ...Object.keys(TOTALS)].join(', ');
  return `what may be asked is ${times}, and ${counts} as numbers or in % of what was sent, by ${Object.keys(COMPARISONS).join(' ')}`;
}

const isOperator = (text: string): text is Operator => Object.hasOwn(COMPARISONS, text);
const isUnit = (text: string): text is Unit => UNITS.some((unit) => unit === text);
const isTotal = (text: string): text is Total => Object.hasOwn(TOTALS, text);
const isFigure = (text: string): text is Figure => Object.hasOwn(FIGURES, text);
