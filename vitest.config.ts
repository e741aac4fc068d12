import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';
import { plainSummaryReporter } from './test/support/plain-summary-reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    reporters: ['default', plainSummaryReporter],
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Test files share what they import, which is most of what starting one costs. What they change in their process
    // they put back.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
