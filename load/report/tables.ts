import { type LoadReport, refusedOf } from './contract.ts';
import { counted, found, inWords, share, time } from './figures.ts';
import { html, isolated, type Markup, nothing } from './markup.ts';
import { readable } from './table.ts';

/** A table of the page; what is too wide is scrolled, by keys too. Cells of words come first or last. */
export const table = (caption: string, head: Markup, rows: Markup[]): Markup =>
  html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table><caption>${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>${rows}</tbody></table></div>
`;

/** Column headings; an empty one heads nothing. */
export const heads = (...titles: string[]): Markup =>
  html`${titles.map((title) => html`<th scope="col">${title}</th>`)}`;

/** How long each thing took. */
export function latencyTable({ latencies }: LoadReport): Markup {
  const rows = Object.entries(latencies).map(([name, { count, ...figures }]) => {
    const cells = [figures.p50Ms, figures.p90Ms, figures.p99Ms, figures.p999Ms, figures.maxMs];
    return html`<tr><th scope="row">${isolated(inWords(name))}</th><td>${count.toLocaleString('en-US')}</td>${cells.map((ms) => html`<td>${count === 0 ? '–' : time(ms)}</td>`)}</tr>`;
  });
  if (rows.length === 0) return html`<p>No latency was measured.</p>`;
  return table(
    'Half of all were within p50, 99 of 100 within p99',
    heads('latency', 'count', 'p50', 'p90', 'p99', 'p99.9', 'max'),
    rows,
  );
}

/** Each kind of fault that was looked for. */
export function correctnessTable({ correctness }: LoadReport): Markup {
  if (correctness.length === 0) return html`<p>Nothing was checked for correctness.</p>`;
  const rows = correctness.map(
    ({ name, count, meaning }) =>
      html`<tr><th scope="row">${isolated(inWords(name))}</th><td>${mark(count === 0, count === 0 ? 'none' : count.toLocaleString('en-US'))}</td><td class="words">${isolated(meaning)}</td></tr>`,
  );
  return table(
    'Faults that were looked for',
    html`${heads('fault', 'found')}<th scope="col" class="words">what is counted</th>`,
    rows,
  );
}

/** Each expectation with what was found. */
export function expectationTable({ expectations }: LoadReport): Markup {
  if (expectations.length === 0) return nothing;
  const rows = expectations.map(
    (expectation) =>
      html`<tr><th scope="row"><code>${isolated(expectation.text)}</code></th><td>${found(expectation)}</td><td>${mark(expectation.isMet, expectation.isMet ? 'met' : 'not met')}</td></tr>`,
  );
  return table('Expectations of this run', heads('expected', 'found', 'outcome'), rows);
}

/** What the server refused, by its code. */
export function refusalTable({ totals }: LoadReport): Markup {
  const refused = refusedOf(totals);
  if (refused === 0) return html`<p>Nothing was refused.</p>`;
  const rows = Object.entries(totals.refusals).map(
    ([code, count]) =>
      html`<tr><th scope="row"><code>${isolated(code)}</code></th><td>${count.toLocaleString('en-US')}</td><td>${share(count, totals.sent)}</td></tr>`,
  );
  return table(`${counted(refused, 'request')} refused`, heads('code', 'count', 'of what was sent'), rows);
}

/** What the load tool itself used. */
export const generatorFacts = ({
  generator,
}: LoadReport): Markup => html`<p class="note">${isolated(generator.sentence)}</p>
<dl class="facts">
<dt>Processes</dt><dd>${generator.processes}</dd>
<dt>CPU for a message</dt><dd>${readable(generator.cpuMicrosPerMessage)} µs</dd>
<dt>Busiest process</dt><dd>${share(generator.peakCpuShare, 1)} of one core at most</dd>
<dt>Limit of this run</dt><dd>${generator.isLimit ? 'yes, the server may do better' : 'no'}</dd>
</dl>`;

/** A word with a sign before it, so that colour is not all that tells. */
const mark = (isGood: boolean, text: string): Markup =>
  isGood
    ? html`<span class="is-good"><span aria-hidden="true">✓ </span>${text}</span>`
    : html`<span class="is-bad"><span aria-hidden="true">✕ </span>${text}</span>`;
