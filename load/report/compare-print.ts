import { type Change, type Comparison, cellsOf } from './compare.ts';
import { html, isolated, type Markup, nothing } from './markup.ts';
import { page } from './page.ts';
import { layOut } from './table.ts';
import { heads, table } from './tables.ts';

const SIGNS: Record<Change, string> = { better: '✓ better', worse: '✕ worse', same: '' };
const CLASSES: Record<Change, string> = { better: 'is-good', worse: 'is-bad', same: '' };

/** A comparison for the terminal, without control characters that a report may carry. */
export const printComparison = ({ scenario, sections, notes, sentences }: Comparison): string =>
  [
    `${scenario}: B beside A`,
    ...sections.flatMap(({ title, rows }) => [
      '',
      layOut(
        [title, 'A', 'B', 'B ÷ A', ''],
        rows.map((row) => [row.name, ...cellsOf(row), row.change === undefined ? '' : SIGNS[row.change]]),
      ),
    ]),
    '',
    ...notes,
    ...sentences,
  ]
    .join('\n')
    .replace(/(?!\n)\p{Cc}/gu, '\uFFFD');

/** A comparison as one HTML file, like a report. */
export const renderComparison = (comparison: Comparison, names: { a: string; b: string }): string =>
  page(
    `Load reports compared: ${comparison.scenario}`,
    html`<header>
<h1>${isolated(comparison.scenario)}: two runs compared</h1>
<p class="meta">A is ${isolated(names.a)}<br>B is ${isolated(names.b)}</p>
</header>
<section class="verdict ${tone(comparison)}" aria-labelledby="verdict">
<h2 id="verdict">B beside A</h2>
<ul>${comparison.sentences.map((sentence) => html`<li>${isolated(sentence)}</li>`)}</ul>
</section>
${comparison.notes.length === 0 ? nothing : html`<h2>Keep in mind</h2><ul>${comparison.notes.map((note) => html`<li>${isolated(note)}</li>`)}</ul>`}
${comparison.sections.map(section)}`,
  );

const section = ({ title, rows }: Comparison['sections'][number]): Markup =>
  html`<h2>${title}</h2>
${table(
  `${title} of both runs`,
  heads('figure', 'A', 'B', 'B ÷ A', 'change'),
  rows.map(
    (row) =>
      html`<tr><th scope="row">${isolated(row.name)}</th>${cellsOf(row).map((cell) => html`<td>${cell}</td>`)}<td>${change(row.change)}</td></tr>`,
  ),
)}`;

const change = (found: Change | undefined): Markup =>
  found === undefined || found === 'same' ? html`–` : html`<span class="${CLASSES[found]}">${SIGNS[found]}</span>`;

/** The colour says no more than the words do. */
function tone({ sections }: Comparison): string {
  const changes = sections.flatMap(({ rows }) => rows.map((row) => row.change));
  if (changes.includes('worse')) return changes.includes('better') ? 'stopped' : 'failed';
  return changes.includes('better') ? 'passed' : 'even';
}
