import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LoadReport } from '../../../load/report/contract.ts';
import { checkExpectations, parseExpectations } from '../../../load/report/expectations.ts';
import { sampleReport } from './support/sample.ts';

const check = (text: string, changes: Partial<LoadReport> = {}) => {
  const report = sampleReport(changes);
  return checkExpectations(
    parseExpectations(text, {
      scenario: 'hall',
      latencies: Object.keys(report.latencies),
      correctness: report.correctness.map(({ name }) => name),
    }),
    report,
  );
};

const measured = (text: string, changes?: Partial<LoadReport>) => check(text, changes)[0]?.value;

/** -1 below, 0 at, 1 above: which of these each comparison lets through. */
const TRUTH = { '<': [-1], '<=': [-1, 0], '=': [0], '>=': [0, 1], '>': [1] } as const;

describe('an expectation', () => {
  test('is compared as its operator says, of every count', () => {
    const totals = sampleReport().totals;
    const operator = fc.constantFrom('<', '<=', '=', '>=', '>') as fc.Arbitrary<keyof typeof TRUTH>;
    fc.assert(
      fc.property(operator, fc.nat(50), fc.nat(50), fc.constantFrom('', ' '), (sign, count, limit, space) => {
        const isMet = check(`sent${space}${sign}${space}${limit}`, { totals: { ...totals, sent: count } })[0]?.isMet;
        expect(isMet).toBe((TRUTH[sign] as readonly number[]).includes(Math.sign(count - limit)));
      }),
      { numRuns: 1000 },
    );
  });

  test('of a latency means the same in seconds as in milliseconds', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 0, max: 100_000 }), (limitMs, p99Ms) => {
        const delivery = { ...sampleReport().latencies.delivery, p99Ms } as LoadReport['latencies'][string];
        const changes = { latencies: { delivery } };
        const inMs = check(`delivery.p99<=${limitMs}ms`, changes)[0];
        const inSeconds = check(`delivery.p99<=${(limitMs / 1000).toFixed(3)}s`, changes)[0];
        expect(inMs?.value).toBe(p99Ms);
        expect(inMs?.isMet).toBe(p99Ms <= limitMs);
        expect(inSeconds?.isMet).toBe(inMs?.isMet);
      }),
      { numRuns: 1000 },
    );
  });

  test('in percent is a share of what was sent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(100), (sent, percentage) => {
        const refused = Math.floor((sent * percentage) / 100);
        const totals = { ...sampleReport().totals, sent, refusals: { BUSY: refused } };
        expect(check('refused<=100%', { totals })[0]?.value).toBeCloseTo((100 * refused) / sent, 9);
        expect(check(`refused<=${percentage}%`, { totals })[0]?.isMet).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('keeps its text, its order and what was measured', () => {
    expect(check('ack.p99<=1s, lost=0,refused < 1% ,connections>=3000')).toEqual([
      { text: 'ack.p99<=1s', value: 41.7, isMet: true },
      { text: 'lost=0', value: 0, isMet: true },
      { text: 'refused < 1%', value: 13_400 / 339_120, isMet: true },
      { text: 'connections>=3000', value: 2_000, isMet: false },
    ]);
  });

  test('knows all figures and names of a run', () => {
    expect(measured('delivery.p50<1s')).toBe(4.8);
    expect(measured('chat.p90<1s')).toBe(10.3);
    expect(measured('hall.p999<1s')).toBe(512);
    expect(measured('acknowledgement.max<1s')).toBe(941);
    expect(measured('acknowledged>0')).toBe(338_986);
    expect(measured('refused=134')).toBe(134);
    expect(measured('connectionsLost=0')).toBe(0);
    expect(measured('unreadWrong<0.1%')).toBe(0);
  });

  test('of a latency named as the scenario is of that latency', () => {
    const [expectation] = parseExpectations('connect.p99<1s', {
      scenario: 'connect',
      latencies: ['connect', 'delivery'],
      correctness: [],
    });
    expect(expectation?.subject).toMatchObject({ name: 'connect' });
  });

  test('is not met where nothing was measured', () => {
    const nothing = { count: 0, p50Ms: 0, p90Ms: 0, p99Ms: 0, p999Ms: 0, maxMs: 0 };
    const report = sampleReport({ latencies: { delivery: nothing }, correctness: [] });
    report.totals.sent = 0;
    const asked = parseExpectations('delivery.p99<1s,history.max<1s,oversold=0,refused<1%');
    expect(checkExpectations(asked, report).map(({ value, isMet }) => ({ value, isMet }))).toEqual(
      Array.from({ length: 4 }, () => ({ value: null, isMet: false })),
    );
  });
});

describe('a bad expectation', () => {
  const REFUSED: [text: string, reason: RegExp][] = [
    ['', /"" is not of the form/],
    ['lost=0,', /"" is not of the form/],
    ['sent>=1,000', /"000" is not of the form/],
    ['lost', /"lost" is not of the form/],
    ['lost==0', /"lost==0" is not of the form/],
    ['lost=-1', /is not of the form/],
    ['delivery.p99<1h', /is not of the form/],
    ['delivery.p95<1s', /asks for "delivery.p95"/],
    ['.p99<1s', /asks for ".p99"/],
    ['toString<1', /asks for "toString"/],
    ['delivery.constructor<1s', /asks for "delivery.constructor"/],
    ['chats.p99<1s', /asks for "chats.p99"/],
    ['delivery.p99<250', /needs its limit in ms or s/],
    ['delivery.p99<3%', /needs its limit in ms or s/],
    ['lost<3ms', /compares a count with a time/],
    ['connectionsLost<1%', /cannot be a share of what was sent/],
  ];

  test.each(REFUSED)('%j is named, with what may be asked', (text, reason) => {
    expect(() => parseExpectations(text)).toThrow(reason);
    expect(() => parseExpectations(text)).toThrow(/acknowledgement or ack, .*\.p999 .*unreadWrong.*connectionsLost/);
  });

  test('of any other text is one sentence too', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(parseExpectations(text).length).toBeGreaterThan(0);
        } catch (error) {
          expect(String(error)).toMatch(/^Error: The expectation ".*" .*\.$/s);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

test('the sample is a report', () => {
  expect(LoadReport.parse(JSON.parse(JSON.stringify(sampleReport())))).toEqual(sampleReport());
});
