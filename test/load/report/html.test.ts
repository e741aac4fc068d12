import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LoadReport } from '../../../load/report/contract.ts';
import { renderReport } from '../../../load/report/html.ts';
import { judge } from '../../../load/report/verdict.ts';
import { launchChromium } from '../../support/chromium.ts';
import { sampleReport } from './support/sample.ts';

const judged = (changes: Partial<LoadReport> = {}): LoadReport => {
  const report = sampleReport(changes);
  return { ...report, verdict: judge(report) };
};

/** A report with one text in every place that takes one of others. */
function everywhere(text: string): LoadReport {
  const sample = sampleReport();
  const renamed = <Line extends { name: string }>(lines: Line[]) => lines.map((line) => ({ ...line, name: text }));
  return judged({
    ...{ scenario: text, url: text, command: text, startedAt: text },
    machine: { ...sample.machine, cpu: text, node: text, platform: text },
    target: { name: text, url: text, notes: [text] },
    generator: { ...sample.generator, sentence: text },
    totals: { ...sample.totals, refusals: { [text]: 3 } },
    latencies: { [text]: { count: 1, p50Ms: 1, p90Ms: 1, p99Ms: 1, p999Ms: 1, maxMs: 1 } },
    correctness: [{ name: text, count: 1, meaning: text }],
    expectations: [{ text, value: null, isMet: false }],
    series: { ...sample.series, lines: renamed(sample.series.lines) },
    server: { seconds: [1], lines: [{ name: text, unit: text, values: [1] }] },
  });
}

/** The page with what it says taken away: tags with their attributes' values emptied. */
const skeleton = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/"[^"]*"/g, '""')
    .replace(/>[^<]+/g, '>');

describe('the page', () => {
  test('is one file: it asks for nothing and runs nothing', () => {
    const page = renderReport(judged());
    expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|use|image|base|form)\b/i);
    expect(page).not.toMatch(/\s(href|src|srcset|action|on\w+)=/i);
    expect(page).not.toMatch(/@import|@font-face|url\(/i);
  });

  test('has the same tags and attributes whatever others call things', () => {
    const plain = skeleton(renderReport(everywhere('plain')));
    const hostile = fc.oneof(
      fc.string({ minLength: 1, unit: 'binary' }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onload='alert(1)",
        '</style><svg onload=alert(1)>',
        '--><!--',
        'javascript:alert(1)',
        '\u202Egnp.exe',
        '&lt;b&gt;',
        '\0<b>',
      ),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        expect(skeleton(renderReport(everywhere(`x${text}x`)))).toBe(plain);
      }),
      { numRuns: 1000 },
    );
  });

  test('says the outcome in words', () => {
    expect(renderReport(judged())).toContain('<h2 id="verdict">Passed</h2>');
    const expectations = [{ text: 'lost=0', value: 1, isMet: false }];
    expect(renderReport(judged({ expectations }))).toContain('<h2 id="verdict">Failed</h2>');
    expect(renderReport(judged({ isInterrupted: true }))).toContain('<h2 id="verdict">Stopped early</h2>');
  });

  test('is drawn of a run that measured nothing', () => {
    const nothing = { seconds: [], lines: [] };
    const page = renderReport(
      judged({ latencies: {}, correctness: [], expectations: [], series: nothing, server: nothing, seconds: 0 }),
    );
    expect(page).toContain('Nothing was measured over time.');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe('in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser.close();
  });

  test.each([320, 360, 1_200])('%i pixels are wide enough, and nothing runs', async (width) => {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const heard: string[] = [];
    page.on('dialog', (dialog) => {
      heard.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('request', (request) => heard.push(request.url()));
    await page.setContent(
      renderReport(everywhere('<img src=x onerror=alert(1)>averylongnamewithoutanyspace'.repeat(4))),
    );
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(heard).toEqual([]);
    await page.close();
  });

  test('every plot has words and a table with its numbers', async () => {
    const page = await browser.newPage();
    await page.setContent(renderReport(judged()));
    expect(await page.getByRole('img').count()).toBe(8);
    expect(
      await page.getByRole('img', { name: /^Latency over 3 min, on a logarithmic scale\. Users came in/ }).count(),
    ).toBe(1);
    await page.getByText('Numbers of Rate').click();
    expect(await page.getByRole('table', { name: /Rate/ }).getByRole('row').count()).toBeGreaterThan(60);
    expect(await page.locator('table:not(:has(caption))').count()).toBe(0);
    await page.close();
  });

  test.each(['light', 'dark'] as const)('%s text has a contrast of at least 4.5 : 1', async (colorScheme) => {
    const page = await browser.newPage({ colorScheme });
    for (const isInterrupted of [false, true]) {
      for (const isMet of [false, true]) {
        const expectations = [{ text: 'lost=0', value: 1, isMet }];
        await page.setContent(renderReport(judged({ isInterrupted, expectations })));
        expect(await page.evaluate(FAINT_TEXTS)).toEqual([]);
      }
    }
    await page.close();
  });
});

/** Run in the page: texts whose contrast with the ground below them is less than WCAG 2.2 (1.4.3) asks. */
const FAINT_TEXTS = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => rgba(colour).slice(0, 3)
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (rgba(colour)[3] === 255) return colour;
    }
    return 'white';
  };
  document.querySelectorAll('details').forEach((details) => { details.open = true; });
  return [...document.querySelectorAll('main *')]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
    .filter((element) => {
      const [a, b] = [light(getComputedStyle(element).color), light(ground(element))];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
    })
    .map((element) => element.outerHTML.slice(0, 100));
})()`;
