import { duration, inUnit } from './figures.ts';
import { html, isolated, type Markup, nothing } from './markup.ts';
import { largest, type Scale, scaleFor, timeTicks } from './scale.ts';

/** One line of a plot: a value for each second of the plot, null where nothing was measured. */
export interface Line {
  name: string;
  values: readonly (number | null)[];
}

/** Lines of one unit over the same time. */
export interface Plot {
  title: string;
  unit: string;
  /** In words, after the title: `messages per second`. */
  unitInWords: string;
  seconds: readonly number[];
  lines: readonly Line[];
  /** The time in which users were still coming in, in s; it is shaded. */
  rampSeconds: number;
  /** Whether the axis may be logarithmic. */
  mayBeLog: boolean;
}

/** The picture has this many units each way and is stretched to its frame; lines keep their width. */
const SIZE = 1000;
/** More points than a wide screen has pixels show nothing more. */
const MAX_POINTS = 1_200;
const MAX_ROWS = 100;
const MAX_TIME_TICKS = 5;
/** Colours and dashes of the style, one of each a line; further lines begin anew. */
const LOOKS = 6;

/** A plot with its legend, its words for those who do not see it, and its numbers as a table. Null where no line has any value. */
export function drawPlot(plot: Plot): Markup | null {
  const values = plot.lines.flatMap((line) => line.values.filter((value) => value !== null));
  if (values.length === 0) return null;
  const heading = html`<h3>${isolated(plot.title)} <small>${plot.unitInWords}</small></h3>`;
  if (largest(values) === 0) {
    const names = plot.lines.map(({ name }, index) => html`${index === 0 ? '' : ', '}${isolated(name)}`);
    return html`<figure class="plot calm"><figcaption>${heading}</figcaption><p>Zero in every second: ${names}.</p></figure>`;
  }
  const scale = scaleFor(values, plot.mayBeLog);
  const end = largest(plot.seconds) || 1;
  return html`<figure class="plot">
<figcaption>${heading}${scale.isLog ? html`<span class="chip">log scale</span>` : nothing}</figcaption>
<div class="canvas">
<div class="ys" aria-hidden="true">${scale.ticks.map((tick) => html`<span style="bottom:${percent(scale.place(tick))}">${inUnit(tick, axisUnit(plot.unit))}</span>`)}</div>
${picture(plot, scale, end)}
<div class="xs" aria-hidden="true">${timeTicks(end, MAX_TIME_TICKS).map((tick) => html`<span style="left:${percent(tick / end)}">${duration(tick)}</span>`)}</div>
</div>
<ul class="legend">${plot.lines.map((line, index) => legendItem(line, index, plot.unit))}</ul>
${table(plot)}
</figure>`;
}

function picture(plot: Plot, scale: Scale, end: number): Markup {
  const x = (second: number) => Math.round((second / end) * SIZE * 10) / 10;
  const y = (value: number) => Math.round((1 - scale.place(value)) * SIZE * 10) / 10;
  const rows = scale.ticks.map((tick) => html`<path class="grid" d="M0 ${y(tick)}H${SIZE}"/>`);
  const hasRamp = plot.rampSeconds > 0 && plot.rampSeconds < end;
  const ramp = hasRamp ? html`<rect class="ramp" width="${x(plot.rampSeconds)}" height="${SIZE}"/>` : nothing;
  const lines = plot.lines.map(
    (line, index) => html`<path class="line look-${index % LOOKS}" d="${path(plot.seconds, line, x, y)}"/>`,
  );
  return html`<svg role="img" aria-label="${inWords(plot, scale, end)}" viewBox="0 0 ${SIZE} ${SIZE}" preserveAspectRatio="none">${ramp}${rows}${lines}</svg>`;
}

/** The path of a line: broken where nothing was measured, a dot where one value stands alone. */
function path(seconds: readonly number[], line: Line, x: (second: number) => number, y: (value: number) => number) {
  let isDrawing = false;
  let drawn = '';
  for (const index of pointsOf(line.values)) {
    const value = line.values[index] ?? null;
    if (value === null) isDrawing = false;
    else {
      const [left, top] = [x(seconds[index] ?? 0), y(value)];
      drawn += isDrawing ? `L${left} ${top}` : `M${left} ${top}h0`;
      isDrawing = true;
    }
  }
  return drawn;
}

/** All points, or of each bucket of a long line its lowest and highest, that no peak is lost. */
function pointsOf(values: readonly (number | null)[]): number[] {
  if (values.length <= MAX_POINTS) return [...values.keys()];
  const width = Math.ceil(values.length / (MAX_POINTS / 2));
  const buckets = Array.from({ length: Math.ceil(values.length / width) }, (_, bucket) => bucket * width);
  return buckets.flatMap((start) => extremes(values, start, Math.min(values.length, start + width)));
}

function extremes(values: readonly (number | null)[], start: number, end: number): number[] {
  const indexes = Array.from({ length: end - start }, (_, offset) => start + offset);
  const measured = indexes.filter((index) => values[index] !== null);
  if (measured.length === 0) return [start];
  const sorted = measured.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  return [...new Set([sorted[0] ?? start, sorted.at(-1) ?? start])].sort((a, b) => a - b);
}

function inWords({ title, unit, lines, rampSeconds }: Plot, scale: Scale, end: number): string {
  const axis = scale.isLog ? ', on a logarithmic scale' : '';
  const ramp = rampSeconds > 0 && rampSeconds < end ? ` Users came in during the first ${duration(rampSeconds)}.` : '';
  return `${title} over ${duration(end)}${axis}.${ramp} ${lines.map((line) => `${line.name}: ${summary(line, unit)}.`).join(' ')}`;
}

function summary({ values }: Line, unit: string): string {
  const measured = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (measured.length === 0) return 'not measured';
  if (largest(measured) === 0) return 'always 0';
  const middle = measured[Math.floor(measured.length / 2)] ?? 0;
  return `mostly ${inUnit(middle, unit)}, at most ${inUnit(measured.at(-1) ?? 0, unit)}`;
}

const legendItem = (line: Line, index: number, unit: string): Markup =>
  html`<li><svg class="swatch" viewBox="0 0 28 8" aria-hidden="true"><path class="line look-${index % LOOKS}" d="M1 4H27"/></svg><span>${isolated(line.name)} <small>${summary(line, unit)}</small></span></li>`;

function table({ title, unit, seconds, lines }: Plot): Markup {
  const every = Math.ceil(seconds.length / MAX_ROWS);
  const rows = [...seconds.keys()].filter((index) => index % every === 0);
  const caption = every === 1 ? title : `${title}, every ${ordinal(every)} value; all are in report.json`;
  return html`<details><summary>Numbers of ${isolated(title)}</summary>
<div class="scroll" role="region" tabindex="0" aria-label="Numbers of ${title}"><table><caption>${isolated(caption)}</caption>
<thead><tr><th scope="col">second</th>${lines.map(({ name }) => html`<th scope="col">${isolated(name)}</th>`)}</tr></thead>
<tbody>${rows.map(
    (
      index,
    ) => html`<tr><th scope="row">${seconds[index] ?? ''}</th>${lines.map((line) => html`<td>${cell(line.values[index], unit)}</td>`)}</tr>
`,
  )}</tbody></table></div></details>`;
}

const cell = (value: number | null | undefined, unit: string): string => (value == null ? '–' : inUnit(value, unit));

/** The title says the unit, so the axis need not; but times are read more easily with theirs. */
const axisUnit = (unit: string): string => (unit === 'ms' || unit === 's' ? unit : '');

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;

const ordinal = (number: number): string => `${number}${{ 2: 'nd', 3: 'rd' }[number] ?? 'th'}`;
