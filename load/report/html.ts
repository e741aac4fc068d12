import { type LoadReport, refusedOf } from './contract.ts';
import { counted, duration, elapsedSeconds, memory, share, time } from './figures.ts';
import { html, isolated, type Markup, nothing } from './markup.ts';
import { page } from './page.ts';
import { drawPlot, type Plot } from './plot.ts';
import { readable } from './table.ts';
import { correctnessTable, expectationTable, generatorFacts, latencyTable, refusalTable } from './tables.ts';
import { type Outcome, outcomeOf } from './verdict.ts';

type Group = LoadReport['series']['lines'][number]['group'];

const OUTCOMES: Record<Outcome, { word: string; icon: Markup }> = {
  passed: { word: 'Passed', icon: html`<path d="M4 12.5l5 5L20 6.5"/>` },
  failed: { word: 'Failed', icon: html`<path d="M6 6l12 12M18 6L6 18"/>` },
  stopped: { word: 'Stopped early', icon: html`<path d="M9 6v12M15 6v12"/>` },
};

const GROUPS: Record<Group, string> = {
  rate: 'Rate',
  latency: 'Latency',
  connections: 'Connections',
  errors: 'Errors',
};
const UNITS: Record<string, string> = {
  '1/s': 'per second',
  ms: 'milliseconds',
  s: 'seconds',
  connections: 'open at once',
};
const MIB = 2 ** 20;

/** A judged report as one HTML file without scripts, fonts or anything to fetch; all text of others is escaped. */
export const renderReport = (report: LoadReport): string =>
  page(
    `Load report: ${report.scenario}, ${counted(report.users, 'user')}`,
    html`${top(report)}
<h2>Over time</h2>
${report.rampSeconds > 0 ? html`<p class="meta note">Shaded: users were still coming in.</p>` : nothing}
<div class="plots">${seriesPlots(report)}</div>
<h2>Latencies</h2>
${latencyTable(report)}
<h2>Correctness</h2>
${correctnessTable(report)}
<div class="pair">
${report.expectations.length === 0 ? nothing : html`<section><h2>Expectations</h2>${expectationTable(report)}</section>`}
<section><h2>Refusals</h2>${refusalTable(report)}</section>
</div>
${serverSection(report)}
<div class="pair">
<section><h2>What ran on what</h2>${facts(report)}</section>
<section><h2>Cost of the load tool</h2>${generatorFacts(report)}</section>
</div>
<h2>Run it again</h2>
<pre>${report.command}</pre>`,
  );

const top = (report: LoadReport): Markup => {
  const outcome = outcomeOf(report);
  const { word, icon } = OUTCOMES[outcome];
  return html`<header>
<h1>${isolated(report.scenario)} with ${counted(report.users, 'user')}</h1>
<p class="meta">${isolated(report.target.name)} at ${isolated(report.url)}, ${duration(report.seconds)}, ${instant(report.startedAt)}</p>
</header>
<section class="verdict ${outcome}" aria-labelledby="verdict">
<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${icon}</svg>
<h2 id="verdict">${word}</h2>
<ul>${report.verdict.sentences.map((sentence) => html`<li>${isolated(sentence)}</li>`)}</ul>
</section>
<dl class="numbers">${keyNumbers(report)}</dl>`;
};

function keyNumbers(report: LoadReport): Markup[] {
  const { totals, latencies } = report;
  const perSecond = (count: number) => `${readable(count / Math.max(1, elapsedSeconds(report)))}/s`;
  const latency = (name: string, title: string) => {
    const measured = latencies[name];
    return measured === undefined || measured.count === 0
      ? []
      : [number(title, time(measured.p99Ms), `half within ${time(measured.p50Ms)}`)];
  };
  const faults = report.correctness.reduce((total, { count }) => total + count, 0);
  return [
    number('Acknowledged', perSecond(totals.acknowledged), `${whole(totals.acknowledged)} of ${whole(totals.sent)}`),
    number('Deliveries', perSecond(totals.deliveries), `${whole(totals.deliveries)} in all`),
    ...latency('delivery', 'Delivery p99'),
    ...latency('acknowledgement', 'Ack p99'),
    number('Connections', whole(totals.connectionsOpened), `${whole(totals.connectionsLost)} lost`),
    number('Faults', whole(faults), `${counted(report.correctness.length, 'kind')} looked for`),
    number('Refused', whole(refusedOf(totals)), `${share(refusedOf(totals), totals.sent)} of sent`),
  ];
}

const number = (title: string, value: string, note: string): Markup =>
  html`<div><dt>${title}</dt><dd>${value} <small>${note}</small></dd></div>`;

/** A plot for each group and unit; units do not share an axis. */
function seriesPlots({ series, rampSeconds }: LoadReport): Markup[] {
  const groups = Object.keys(GROUPS) as Group[];
  const plots = groups.flatMap((group) =>
    byUnit(series.lines.filter((line) => line.group === group)).map(([unit, lines]) => ({
      ...{ title: GROUPS[group], unit, unitInWords: UNITS[unit] ?? unit, lines, rampSeconds },
      ...{ seconds: series.seconds, mayBeLog: group === 'latency' },
    })),
  );
  return drawn(plots, 'Nothing was measured over time.');
}

function serverSection({ server, rampSeconds }: LoadReport): Markup {
  if (server === null) return html`<h2>The server’s own figures</h2><p>This server does not tell them.</p>`;
  const plots = byUnit(server.lines.map(inMebibytes)).map(([unit, lines]) => ({
    ...{ title: lines.map(({ name }) => name).join(', '), unit, unitInWords: UNITS[unit] ?? unit, lines, rampSeconds },
    ...{ seconds: server.seconds, mayBeLog: false },
  }));
  return html`<h2>The server’s own figures</h2>
<div class="plots">${drawn(plots, 'The server told none.')}</div>`;
}

function drawn(plots: Plot[], otherwise: string): Markup[] {
  const figures = plots.map(drawPlot).filter((figure) => figure !== null);
  return figures.length > 0 ? figures : [html`<p>${otherwise}</p>`];
}

function byUnit<Of extends { unit: string }>(lines: Of[]): [unit: string, lines: Of[]][] {
  const units = [...new Set(lines.map(({ unit }) => unit))];
  return units.map((unit) => [unit, lines.filter((line) => line.unit === unit)]);
}

/** Round numbers of bytes are no round numbers of MiB, so the axis is made of these. */
const inMebibytes = <Of extends { unit: string; values: (number | null)[] }>(line: Of): Of =>
  line.unit === 'bytes'
    ? { ...line, unit: 'MiB', values: line.values.map((value) => (value === null ? null : value / MIB)) }
    : line;

const facts = ({ machine, target, ...report }: LoadReport): Markup => html`<dl class="facts">
<dt>Scenario</dt><dd>${isolated(report.scenario)}, ${counted(report.users, 'user')} for ${duration(report.seconds)}, all there after ${duration(report.rampSeconds)}</dd>
<dt>Time</dt><dd>${instant(report.startedAt)} to ${instant(report.endedAt)}</dd>
<dt>Target</dt><dd>${isolated(target.name)} at ${isolated(target.url)}${target.notes.map((note) => html`<br>${isolated(note)}`)}</dd>
<dt>Machine</dt><dd>${isolated(machine.cpu)}, ${counted(machine.cores, 'core')}, ${memory(machine.memoryBytes)}</dd>
<dt>System</dt><dd>${isolated(machine.platform)}, Node.js ${isolated(machine.node)}</dd>
<dt>Load before</dt><dd>${machine.loadAverage.map(readable).join(', ') || 'unknown'} (processes that wanted a core, over 1, 5 and 15 minutes)</dd>
</dl>`;

const whole = (count: number): string => count.toLocaleString('en-US');

/** `2026-03-14 09:26:53 UTC`, the same for every reader. */
const instant = (iso: string): Markup =>
  html`<time datetime="${iso}">${iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')}</time>`;
