/** Waits for an outcome: asks until the answer is truthy, and fails with the last look when the deadline passes. */
export const until = async <T>(
  look: () => T | Promise<T>,
  { withinMs = 10_000, what = 'the outcome' }: { withinMs?: number; what?: string } = {},
): Promise<NonNullable<T>> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > deadline) throw new Error(`${what} did not come within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
