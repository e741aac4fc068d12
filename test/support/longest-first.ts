import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Of files that take tens of seconds, most of them with processes of their own. */
const LONG = [
  'test/conformance/',
  'test/domains/media/',
  'test/domains/payments/payout/interleavings',
  'test/domains/payments/provider/killed-worker',
  'test/domains/search-plans',
  'test/faults/',
  'test/project',
  'test/scenarios/',
  'test/scripts/',
  'test/sdk/cluster',
  'test/start/supervise',
  'test/web/',
  'test/workers/upkeep/killed',
];

const isLong = ({ moduleId }: TestSpecification): boolean => LONG.some((path) => moduleId.includes(`/${path}`));

/**
 * Starts long test files first, so that in the end no process waits for another that has just begun one. Vitest orders
 * them so by itself only where it remembers an earlier run.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
