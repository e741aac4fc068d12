import { readFileSync } from 'node:fs';
import type { IModule } from 'dependency-cruiser';
import { beforeAll, expect, test } from 'vitest';
import { cruiseTree } from '../../../support/cruise.ts';

/** What talks to a provider, or to anything else outside the database. */
const OUTSIDE =
  /payments\/provider\/(?:providers\.rules|stripe-[\w-]+)\.ts$|payments\/sandbox\/(?:open-providers|sandbox|sandbox-provider|transfers|[\w-]+\.store|[\w-]+\.job)\.ts$|node_modules\/(?:stripe|ioredis|bullmq)\//;

let modules: IModule[];

beforeAll(async () => {
  ({ modules } = await cruiseTree(process.cwd(), ['src/domains']));
});

const reachedFrom = (source: string): string[] => {
  const reached = new Set([source]);
  for (const each of reached) {
    const imports = modules.find((module) => module.source === each)?.dependencies ?? [];
    for (const { resolved, dependencyTypes } of imports)
      if (!dependencyTypes.includes('type-only')) reached.add(resolved);
  }
  return [...reached];
};

const payments = (): string[] =>
  modules.map(({ source }) => source).filter((source) => source.startsWith('src/domains/payments/'));

/** Handlers of committed operations: they run wholly inside a transaction. */
const isCommitted = (source: string): boolean => /= commit\(|\bcommit\(\w+, {/.test(readFileSync(source, 'utf8'));

test('what runs inside a transaction reaches nobody outside', () => {
  const inside = payments().filter((source) => source.endsWith('.writes.ts') || isCommitted(source));
  expect(inside.length).toBeGreaterThan(15);
  for (const source of inside)
    expect(
      reachedFrom(source).filter((each) => OUTSIDE.test(each)),
      source,
    ).toEqual([]);
});

test('what calls a provider is seen, so that the rule above can fail', () => {
  const jobs = payments().filter((source) => reachedFrom(source).some((each) => OUTSIDE.test(each)));
  expect(jobs).toContain('src/domains/payments/payment/submit.job.ts');
  expect(jobs).toContain('src/domains/payments/refund/submit.job.ts');
});

test('events start payments and refunds without reaching a provider either', () => {
  expect(reachedFrom('src/domains/payments/api.writes.ts').filter((each) => OUTSIDE.test(each))).toEqual([]);
});
