import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Comparison, compareReports } from '../../../load/report/compare.ts';
import { printComparison, renderComparison } from '../../../load/report/compare-print.ts';
import type { LoadReport } from '../../../load/report/contract.ts';
import { sampleReport } from './support/sample.ts';

const rowOf = ({ sections }: Comparison, name: string, title?: string) =>
  sections
    .filter((section) => title === undefined || section.title === title)
    .flatMap(({ rows }) => rows)
    .find((row) => row.name === name);

const withDelivery = (p99Ms: number, count = 9) =>
  sampleReport({ latencies: { delivery: { count, p50Ms: 1, p90Ms: 1, p99Ms, p999Ms: 1, maxMs: 1 } } });

const withLost = (count: number) => sampleReport({ correctness: [{ name: 'lost', count, meaning: 'Lost.' }] });

describe('a comparison', () => {
  test('of a run with itself finds nothing', () => {
    const comparison = compareReports(sampleReport(), sampleReport());
    expect(comparison.sentences).toEqual(['No figure differs by 10 % or more, and no count of faults differs.']);
    expect(comparison.notes).toEqual([]);
  });

  test('calls a latency better or worse from 10 % on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 20_000 }), (a, b) => {
        const change = rowOf(compareReports(withDelivery(a), withDelivery(b)), 'delivery p99')?.change;
        // In whole numbers, so that nothing is rounded.
        const isNoise = Math.abs(b - a) * 10 < a;
        const direction = b < a ? 'better' : 'worse';
        expect(change).toBe(isNoise || a === b ? 'same' : direction);
      }),
      { numRuns: 1000 },
    );
  });

  test('counts every difference in faults, and higher rates as better', () => {
    expect(rowOf(compareReports(withLost(1_000), withLost(1_001)), 'lost')?.change).toBe('worse');
    expect(rowOf(compareReports(withLost(1), withLost(0)), 'lost')?.change).toBe('better');
    const faster = sampleReport({ endedAt: '2026-03-14T09:28:57.400Z' });
    expect(rowOf(compareReports(sampleReport(), faster), 'deliveries', 'Rates')?.change).toBe('better');
  });

  test('judges nothing that one of both did not measure', () => {
    const comparison = compareReports(withDelivery(5, 0), sampleReport({ correctness: [] }));
    expect(rowOf(comparison, 'delivery p99')).toMatchObject({ a: null, b: 57.9, change: undefined });
    expect(rowOf(comparison, 'lost')).toMatchObject({ a: 0, b: null, change: undefined });
  });

  test('says in words what changed, and what else was not the same', () => {
    const before = sampleReport();
    const after = sampleReport({
      users: 1_000,
      isInterrupted: true,
      generator: { ...before.generator, isLimit: true },
      latencies: { ...before.latencies, ...withDelivery(20).latencies },
      correctness: before.correctness.map((fault) => (fault.name === 'lost' ? { ...fault, count: 3 } : fault)),
    });
    const { sentences, notes } = compareReports(before, after);
    expect(sentences).toEqual([
      'B is better in 4 figures and worse in 1 figure than A; changes under 10 % are taken for chance.',
      'Better: delivery p50 4.8 ms → 1 ms (0.208 ×), delivery p90 10.3 ms → 1 ms (0.0971 ×), delivery p99 57.9 ms → 20 ms (0.345 ×), delivery p99.9 512 ms → 1 ms (0.00195 ×).',
      'Worse: lost 0 → 3.',
    ]);
    expect(notes).toEqual([
      'The numbers of users differ: 2,000 in A, 1,000 in B.',
      'B was stopped before its time.',
      'In B the load tool was the limit, so its rates and latencies are not the server’s.',
    ]);
  });

  test('as a page escapes what others wrote', () => {
    const hostile = sampleReport({
      scenario: '<script>alert(1)</script>',
      correctness: [{ name: '<img src=x>', count: 0, meaning: '' }],
    });
    const page = renderComparison(compareReports(hostile, hostile), { a: '"><b>', b: '<i>' });
    expect(page).not.toMatch(/<(script|img|b|i)\b/);
  });
});

test('on a terminal others’ names move no cursor', () => {
  const hostile = sampleReport({
    scenario: 'chat\u001B[2J\r',
    correctness: [{ name: 'lost\u0007\n', count: 0, meaning: '' }],
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
  expect(printComparison(compareReports(hostile, hostile))).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
});

describe('npm run load:compare', () => {
  let folder: string;
  const file = (name: string) => join(folder, name);

  const run = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, ['--import', 'tsx', 'load/compare.ts', ...args], (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), out, err }),
      );
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rally-compare-'));
    const write = (name: string, report: LoadReport) => writeFile(file(name), JSON.stringify(report));
    await write('a.json', withLost(0));
    await write('b.json', withLost(3));
    await write('other.json', sampleReport({ scenario: 'booking' }));
    await writeFile(file('newer.json'), '{"version":2}');
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  test('prints a table and writes a page', async () => {
    const { code, out, err } = await run(file('a.json'), file('b.json'), '--html', file('out.html'));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/Correctness +A +B +B ÷ A/);
    expect(out).toMatch(/lost +0 +3 +– +✕ worse/);
    expect(out).toContain('Worse: lost 0 → 3.');
    expect(await readFile(file('out.html'), 'utf8')).toContain('Worse: lost 0 → 3.');
  });

  test.each([
    [['a.json', 'other.json'], /^Only runs of one scenario can be compared, and these are of "chat" and "booking"\.$/],
    [['a.json', 'newer.json'], /newer\.json is of version 2, and only version 1 can be read\.$/],
    [['a.json', 'none.json'], /none\.json cannot be read: there is no such file\.$/],
    [['a.json'], /^Two reports are compared\. Usage: .*$/],
    [['a.json', 'b.json', '--verbose'], /^Two reports are compared\. Usage: .*$/],
    [['a.json', 'b.json', '--html'], /^--html takes the name of a file\. Usage: .*$/],
    [['a.json', 'b.json', '--html', 'none/out.html'], /out\.html could not be written: there is no such folder\.$/],
  ])('%j ends with 2 and one sentence', async (args, sentence) => {
    const { code, err } = await run(...args.map((arg) => (arg.startsWith('--') ? arg : file(arg))));
    expect(code).toBe(2);
    expect(err.trimEnd()).toMatch(sentence);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});
