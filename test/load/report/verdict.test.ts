import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LoadReport } from '../../../load/report/contract.ts';
import { judge, outcomeOf } from '../../../load/report/verdict.ts';
import { sampleReport } from './support/sample.ts';

const totals = (changes: Partial<LoadReport['totals']>) => ({ totals: { ...sampleReport().totals, ...changes } });
const said = (changes: Partial<LoadReport>) => judge(sampleReport(changes)).sentences.join('\n');

test('says all that matters of a good run', () => {
  expect(judge(sampleReport())).toEqual({
    isGood: true,
    sentences: [
      'No fault was found; looked for were lost, doubled, reordered, damaged, phantom, unread wrong.',
      'All 3 expectations were met.',
      'The server refused 134 requests (0.04 % of what was sent): 121 with RATE_LIMITED, 13 with UNAVAILABLE.',
      'All 2,000 connections stayed open.',
      'The load tool was not the limit: its busiest process used 58 % of one core at most.',
    ],
  });
});

test('names each fault with what it means', () => {
  const meaning = 'Buyers that were charged and have no seat.';
  expect(said({ correctness: [{ name: 'chargedWithoutSeat', count: 3, meaning }] })).toContain(
    `Charged without seat: 3. ${meaning}`,
  );
});

test('names each expectation that was not met, with what was found', () => {
  const expectations = [
    { text: 'delivery.p99<=1s', value: 1_234, isMet: false },
    { text: 'oversold=0', value: null, isMet: false },
    { text: 'refused<1%', value: 1.7, isMet: false },
    { text: 'sent>=10', value: 12, isMet: true },
  ];
  const text = said({ expectations });
  expect(text).toContain('Expected delivery.p99<=1s, and it was 1.23 s.');
  expect(text).toContain('Expected oversold=0, which was not measured.');
  expect(text).toContain('Expected refused<1%, and it was 1.7 %.');
  expect(text).not.toContain('sent>=10');
});

test('says when the load tool was the limit', () => {
  const generator = { ...sampleReport().generator, isLimit: true, peakCpuShare: 0.97 };
  expect(said({ generator })).toContain('The load tool was the limit and not the server');
});

test('a run is good only when it went to its end without faults, unmet expectations or lost connections', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.nat(1), fc.boolean(), fc.nat(1), (isInterrupted, fault, isMet, connectionsLost) => {
      const report = sampleReport({
        isInterrupted,
        correctness: [{ name: 'lost', count: fault, meaning: 'Lost.' }],
        expectations: [{ text: 'sent>1', value: 1, isMet }],
        ...totals({ connectionsLost }),
      });
      const hasFailed = fault > 0 || !isMet || connectionsLost > 0;
      report.verdict = judge(report);
      expect(report.verdict.isGood).toBe(!isInterrupted && !hasFailed);
      expect(outcomeOf(report) === 'stopped').toBe(isInterrupted && !hasFailed);
    }),
    { numRuns: 1000 },
  );
});

test('as many connections may be lost as an expectation allows', () => {
  const expectations = [{ text: 'connectionsLost<10', value: 4, isMet: true }];
  expect(judge(sampleReport({ expectations, ...totals({ connectionsLost: 4 }) })).isGood).toBe(true);
});

test('a server that answers nothing is not good, one that was only connected to is', () => {
  const silent = { acknowledged: 0, deliveries: 0 };
  expect(judge(sampleReport(totals(silent))).isGood).toBe(false);
  expect(judge(sampleReport(totals({ ...silent, sent: 0, refusals: {} }))).isGood).toBe(true);
  expect(judge(sampleReport(totals({ ...silent, sent: 0, connectionsOpened: 0 }))).isGood).toBe(false);
});

test('a refusal that no load explains is a mistake of somebody, and the run is not good', () => {
  const mistaken = sampleReport(totals({ refusals: { 'chat.send INVALID_INPUT': 2 } }));
  expect(judge(mistaken).isGood).toBe(false);
  expect(judge(mistaken).sentences.join('\n')).toContain('INVALID_INPUT and INTERNAL are mistakes');
  expect(judge(sampleReport(totals({ refusals: { 'chat.send RATE_LIMITED': 2 } }))).isGood).toBe(true);
});
