/**
 * How a report looks: on a screen in light and dark, and on paper. Every pair of text and ground has a contrast of at
 * least 4.5 : 1, every line of a plot one of at least 3 : 1 and a dash of its own.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fbfaf7, #121116);
  --sheet: light-dark(#ffffff, #1b1a21);
  --ink: light-dark(#1c1a22, #f1eff6);
  --ink-2: light-dark(#5d5968, #a9a4b8);
  --line: light-dark(#e8e5de, #322f3c);
  --wash: light-dark(#f3f1ec, #24222c);
  --accent: light-dark(#4b45c6, #a49fff);
  --warm: light-dark(#c2410c, #ffab76);
  --warm-wash: light-dark(#fff0e6, #3a2417);
  --good: light-dark(#157347, #5fd39a);
  --good-wash: light-dark(#e5f6ec, #14301f);
  --bad: light-dark(#b4232c, #ff8f94);
  --bad-wash: light-dark(#fdeaea, #3b1a1d);
  --teal: light-dark(#0f766e, #5fd3c6);
  --plum: light-dark(#a21caf, #f0abfc);
  --moss: light-dark(#6b6300, #d8cc5a);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
main { max-width: 68rem; margin: 0 auto; padding: 32px clamp(16px, 4vw, 40px) 64px; }
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; }
h1 { font-size: clamp(1.5rem, 1.2rem + 1.6vw, 2.125rem); line-height: 1.15; letter-spacing: -0.015em; font-weight: 680; }
h2 { font-size: 1.1875rem; line-height: 1.3; letter-spacing: -0.01em; margin: 40px 0 12px; break-after: avoid; }
h3 { font-size: 0.9375rem; line-height: 1.4; }
small, caption, .meta { font-size: 0.8125rem; color: var(--ink-2); font-weight: 400; }
.meta { margin-top: 6px; }
ul { padding: 0; list-style: none; }
code, pre { font: 0.8125rem/1.55 ui-monospace, "Cascadia Mono", Menlo, monospace; }
pre { margin: 0; padding: 12px 14px; background: var(--wash); border-radius: 8px; white-space: pre-wrap; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }

.verdict { display: grid; grid-template-columns: auto 1fr; gap: 4px 14px; margin-top: 20px; padding: 18px 20px; border-radius: 14px; border-inline-start: 6px solid var(--tone); background: var(--tone-wash); }
.passed { --tone: var(--good); --tone-wash: var(--good-wash); }
.failed { --tone: var(--bad); --tone-wash: var(--bad-wash); }
.stopped { --tone: var(--warm); --tone-wash: var(--warm-wash); }
.even { --tone: var(--accent); --tone-wash: var(--wash); }
.verdict:not(:has(.icon)) { grid-template-columns: 1fr; }
.verdict:not(:has(.icon)) ul { grid-column: 1; }
.verdict .icon { width: 28px; height: 28px; fill: none; stroke: var(--tone); stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
.verdict h2 { margin: 0; color: var(--tone); font-size: 1.25rem; line-height: 28px; }
.verdict ul { grid-column: 2; display: grid; gap: 2px; }

.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.25rem, 1fr)); gap: 1px; margin-top: 20px; background: var(--sheet); border: 1px solid var(--line); border-radius: 14px; overflow: hidden; }
.numbers div { box-shadow: 0 0 0 1px var(--line); padding: 12px 16px; display: flex; flex-direction: column; }
.numbers dt { font-size: 0.8125rem; color: var(--ink-2); line-height: 1.35; }
.numbers dd { font-size: 1.375rem; font-weight: 650; letter-spacing: -0.015em; font-variant-numeric: tabular-nums; line-height: 1.3; }
.numbers small { display: block; letter-spacing: 0; }

.facts { display: grid; grid-template-columns: minmax(6rem, auto) 1fr; gap: 4px 20px; }
.facts dt { color: var(--ink-2); }

.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 16px; }
.plot { background: var(--sheet); border: 1px solid var(--line); border-radius: 14px; padding: 14px 18px 12px; min-width: 0; break-inside: avoid; }
.plot.calm p { color: var(--ink-2); margin-top: 4px; }
figcaption { display: flex; gap: 4px 12px; align-items: baseline; justify-content: space-between; flex-wrap: wrap; }
.chip { font-size: 0.75rem; padding: 1px 8px; border-radius: 99px; background: var(--wash); color: var(--ink-2); }
.canvas { position: relative; height: 200px; margin: 14px 14px 30px 58px; font-size: 0.75rem; color: var(--ink-2); font-variant-numeric: tabular-nums; }
.canvas > svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.ys span, .xs span { position: absolute; white-space: nowrap; line-height: 1; }
.ys span { right: calc(100% + 8px); transform: translateY(50%); }
.xs span { top: calc(100% + 9px); transform: translateX(-50%); }
.grid { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
.ramp { fill: var(--wash); }
.line { fill: none; stroke: var(--look); stroke-width: 1.75; stroke-linejoin: round; stroke-linecap: round; stroke-dasharray: var(--dash, none); vector-effect: non-scaling-stroke; }
.look-0 { --look: var(--accent); }
.look-1 { --look: var(--warm); --dash: 6 4; }
.look-2 { --look: var(--teal); --dash: 1.5 4; stroke-width: 2.25; }
.look-3 { --look: var(--plum); --dash: 10 4 1.5 4; }
.look-4 { --look: var(--moss); --dash: 3 3; }
.look-5 { --look: var(--ink-2); --dash: 12 6; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 0.8125rem; }
.legend li { display: flex; gap: 8px; align-items: baseline; min-width: 0; }
.swatch { width: 28px; height: 8px; flex: none; }
details { margin-top: 10px; font-size: 0.8125rem; }
summary { color: var(--accent); cursor: pointer; padding: 2px 0; }

.scroll { overflow-x: auto; background: var(--sheet); border: 1px solid var(--line); border-radius: 14px; }
details .scroll { max-height: 20rem; overflow-y: auto; margin-top: 8px; border-radius: 8px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
caption { text-align: start; padding: 10px 16px 4px; }
th, td { padding: 6px 12px; text-align: end; border-top: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
th:first-child, td:first-child { padding-inline-start: 16px; }
th:last-child, td:last-child { padding-inline-end: 16px; }
thead th { color: var(--ink-2); font-size: 0.8125rem; font-weight: 550; border-top: 0; }
th[scope="row"] { font-weight: 550; text-align: start; }
thead th:first-child { text-align: start; }
td.words, th.words { text-align: start; white-space: normal; min-width: 14rem; overflow-wrap: anywhere; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 0 16px; align-items: start; }
.pair > section, .pair > div { min-width: 0; }
.note { margin-bottom: 12px; }
.is-good { color: var(--good); font-weight: 600; }
.is-bad { color: var(--bad); font-weight: 600; }

@media (max-width: 30rem) {
  .facts { grid-template-columns: 1fr; gap: 0; }
  .facts dd { margin-bottom: 8px; }
  .plot { padding-inline: 12px; }
  .verdict { padding: 16px; }
  .verdict ul { grid-column: 1 / -1; margin-top: 6px; gap: 6px; }
  th, td { padding-inline: 8px; }
  th[scope="row"] { white-space: normal; }
  th code { display: inline-block; min-width: 5.5rem; overflow-wrap: anywhere; }
  td.words, th.words { min-width: 10rem; }
  caption { max-width: calc(100vw - 2rem); }
}
@media print {
  :root { color-scheme: light; }
  @page { margin: 14mm; }
  body { background: none; font-size: 10pt; }
  main { max-width: none; padding: 0; }
  .plots { grid-template-columns: 1fr 1fr; }
  .canvas { height: 130px; }
  details { display: none; }
  .scroll { overflow: visible; }
  .verdict, .numbers, tr { break-inside: avoid; }
  .verdict, .chip, .ramp { print-color-adjust: exact; }
}
`;
