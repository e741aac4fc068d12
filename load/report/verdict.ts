import { type LoadReport, refusedOf, type UnjudgedReport, type Verdict } from './contract.ts';
import { counted, duration, elapsedSeconds, found, inWords, share } from './figures.ts';

/** How a run came out. One that somebody stopped proves nothing, even when nothing had gone wrong. */
export type Outcome = 'passed' | 'failed' | 'stopped';

/**
 * What came of a run, in plain sentences: correctness, expectations, refusals, connections, and whether the load tool
 * was the limit. A run is good when it went to its end, something was answered, no fault was found, every expectation
 * was met, and no connection was lost but as many as an expectation allows. Refusals alone are no fault, for a server may
 * say no; but one of an input that is wrong, or by a fault of the server's own, is a mistake of somebody.
 */
export function judge(report: UnjudgedReport): Verdict {
  const sentences = [
    ...(report.isInterrupted ? [ofInterruption(report)] : []),
    ...(hasAnswers(report) ? [] : ['The server answered nothing, so there is nothing to judge.']),
    ...ofCorrectness(report),
    ...ofExpectations(report),
    ofRefusals(report),
    ofConnections(report),
    ofGenerator(report),
  ];
  return { isGood: !report.isInterrupted && !hasFailed(report), sentences };
}

/** The outcome of a judged run. */
export const outcomeOf = (report: LoadReport): Outcome => {
  if (report.verdict.isGood) return 'passed';
  return report.isInterrupted && !hasFailed(report) ? 'stopped' : 'failed';
};

const hasFailed = (report: UnjudgedReport): boolean =>
  !hasAnswers(report) ||
  report.correctness.some(({ count }) => count > 0) ||
  report.expectations.some(({ isMet }) => !isMet) ||
  mistakesOf(report) > 0 ||
  (report.totals.connectionsLost > 0 && !isLossExpected(report));

/** Refusals that no load explains. */
const mistakesOf = ({ totals }: Pick<UnjudgedReport, 'totals'>): number =>
  Object.entries(totals.refusals)
    .filter(([code]) => /\b(?:INVALID_INPUT|INTERNAL)$/.test(code))
    .reduce((sum, [, count]) => sum + count, 0);

/** Whoever states how many connections may be lost is judged by that, and not by none. */
const isLossExpected = ({ expectations }: UnjudgedReport): boolean =>
  expectations.some(({ text, isMet }) => isMet && /^connectionsLost\b/.test(text));

/** A run that only connects sends nothing and is answered by its connections. */
const hasAnswers = ({ totals }: UnjudgedReport): boolean =>
  totals.acknowledged > 0 || totals.deliveries > 0 || (totals.sent === 0 && totals.connectionsOpened > 0);

const ofInterruption = (report: UnjudgedReport): string =>
  `The run was stopped after ${duration(elapsedSeconds(report))} of ${duration(report.seconds)}, so the figures cover only that.`;

function ofCorrectness({ correctness }: UnjudgedReport): string[] {
  if (correctness.length === 0) return ['Nothing was checked for correctness.'];
  const faults = correctness.filter(({ count }) => count > 0);
  if (faults.length === 0)
    return [`No fault was found; looked for were ${correctness.map(({ name }) => inWords(name)).join(', ')}.`];
  return faults.map(
    ({ name, count, meaning }) => `${capital(inWords(name))}: ${count.toLocaleString('en-US')}. ${meaning}`,
  );
}

function ofExpectations({ expectations }: UnjudgedReport): string[] {
  if (expectations.length === 0) return [];
  const unmet = expectations.filter(({ isMet }) => !isMet);
  if (unmet.length === 0)
    return [
      expectations.length === 1 ? 'The expectation was met.' : `All ${expectations.length} expectations were met.`,
    ];
  return unmet.map((expectation) =>
    expectation.value === null
      ? `Expected ${expectation.text}, which was not measured.`
      : `Expected ${expectation.text}, and it was ${found(expectation)}.`,
  );
}

function ofRefusals({ totals }: UnjudgedReport): string {
  const refused = refusedOf(totals);
  if (refused === 0) return 'The server refused nothing.';
  const codes = Object.entries(totals.refusals).filter(([, count]) => count > 0);
  const reasons = codes.map(([code, count]) => `${count.toLocaleString('en-US')} with ${code}`).join(', ');
  const ofSent = totals.sent === 0 ? '' : ` (${share(refused, totals.sent)} of what was sent)`;
  const judged =
    mistakesOf({ totals }) === 0 ? '' : ' INVALID_INPUT and INTERNAL are mistakes, of this tool or of the server.';
  return `The server refused ${counted(refused, 'request')}${ofSent}: ${reasons}.${judged}`;
}

function ofConnections({ totals: { connectionsOpened, connectionsLost } }: UnjudgedReport): string {
  if (connectionsOpened === 0) return 'No connection was opened.';
  if (connectionsLost > 0) {
    return `Of ${counted(connectionsOpened, 'connection')}, ${connectionsLost.toLocaleString('en-US')} ended before the run did.`;
  }
  return connectionsOpened === 1
    ? 'The one connection stayed open.'
    : `All ${counted(connectionsOpened, 'connection')} stayed open.`;
}

function ofGenerator({ generator: { isLimit, peakCpuShare } }: UnjudgedReport): string {
  const used = `its busiest process used ${share(peakCpuShare, 1)} of one core at most`;
  if (!isLimit) return `The load tool was not the limit: ${used}.`;
  return `The load tool was the limit and not the server (${used}): the server may do better than these rates and latencies.`;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
