import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Ends the output with one plain line, e.g. `812 passed, 0 failed`, for people and programs that only count. */
export const plainSummaryReporter: Reporter = {
  onTestRunEnd: (modules, unhandledErrors) => {
    process.stdout.write(`${summaryOf(modules, unhandledErrors)}\n`);
  },
};

function summaryOf(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): string {
  const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
  const count = (state: string): number => states.filter((each) => each === state).length;
  // A file that cannot be loaded, a failing hook and a stray rejection fail the run without failing a test.
  const beyondTests = modules.filter((module) => module.errors().length > 0).length + unhandledErrors.length;
  const skipped = count('skipped') + count('pending');
  const summary = `${count('passed')} passed, ${count('failed') + beyondTests} failed`;
  return skipped > 0 ? `${summary}, ${skipped} skipped` : summary;
}
