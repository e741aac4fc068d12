import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Of files that take tens of seconds, most of them with processes of their own; the longest first. */
const LONG = [
  'test/faults/checkouts',
  'test/web/page',
  'test/web/host.test',
  'test/conformance/over-the-wire',
  'test/domains/media/',
  'test/domains/payments/payout/interleavings',
  'test/domains/payments/provider/killed-worker',
  'test/domains/search-plans',
  'test/faults/',
  'test/http/documents/docs-page',
  'test/load/run',
  'test/scenarios/',
  'test/scripts/',
  'test/sdk/cluster',
  'test/seed/',
  'test/start/supervise',
  'test/workers/upkeep/killed',
];

/** Its place among the long ones, and behind them all for the others. */
const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = LONG.findIndex((path) => moduleId.includes(`/${path}`));
  return place === -1 ? LONG.length : place;
};

/**
 * Starts long test files first, so that in the end no process waits for another that has just begun one. Vitest orders
 * them so by itself only where it remembers an earlier run.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
