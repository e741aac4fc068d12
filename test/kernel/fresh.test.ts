import { expect, test } from 'vitest';
import { z } from 'zod';
import { ApiKeyScope, RestrictedFeature } from '../../src/generated/prisma/enums.ts';
import { contractsIn } from '../../src/http/documents/contracts.ts';
import { promisesOf } from '../../src/http/documents/meanings.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { errorsOf, type Feature, FRESH_FOR_MS, operation, type Scope } from '../../src/kernel/contract.ts';
import { execute, type Runtime } from '../../src/kernel/execute.ts';
import { anyone, handle, nothing } from '../../src/kernel/handler.ts';
import { topics } from '../../src/sdk/contract.ts';

const unlock = operation({
  name: 'vault.unlock',
  summary: 'Open the vault.',
  access: 'user',
  durability: 'read',
  fresh: true,
  feature: 'POSTING',
  scopes: ['EVENTS_READ', 'EVENTS_WRITE'],
  rates: [],
  input: z.object({}),
  output: z.object({ isOpen: z.boolean() }),
  errors: [],
});

const handler = handle(unlock, { load: nothing, allow: anyone, run: () => ({ isOpen: true }) });
const unused = () => {
  throw new Error('not asked for');
};
const runtime: Runtime = { limit: () => {}, commit: unused, once: unused, explain: () => null, observe: () => {} };
const NOW = new Date('2026-11-30T10:00:00Z');

const codeFor = async (actor: Actor): Promise<string> => {
  const origin = { carrier: 'internal', address: '192.0.2.1', agent: 'vitest' } as const;
  const answer = await execute(runtime, handler, {}, { actor, origin, requestId: 'r', now: NOW });
  return answer.ok ? 'OK' : answer.error.code;
};

test.each([
  ['ten minutes ago', NOW.getTime() - FRESH_FOR_MS, 'OK'],
  ['longer ago', NOW.getTime() - FRESH_FOR_MS - 1, 'REAUTHENTICATE'],
  ['nobody knows when', undefined, 'REAUTHENTICATE'],
])('who proved who they are %s may call what needs a fresh proof: %s %s', async (_when, authenticatedAtMs, code) => {
  const proof = authenticatedAtMs === undefined ? {} : { authenticatedAtMs };
  expect(await codeFor({ userId: 'ann', sessionId: 'one', role: 'USER', ...proof })).toBe(code);
});

test('the documents tell of it', () => {
  expect(errorsOf(unlock)).toContain('REAUTHENTICATE');
  const promises = promisesOf(unlock);
  expect(promises).toContain('Only within ten minutes after signing in.');
  expect(promises).toContain('Not for people who are restricted from POSTING.');
  expect(promises).toContain('An API key with the scope EVENTS_READ or EVENTS_WRITE may call it.');
});

test('features and scopes are those of the database', () => {
  const features: Record<Feature, string> = RestrictedFeature;
  const scopes: Record<Scope, string> = ApiKeyScope;
  const { operations } = contractsIn(Object.values(topics));
  expect(operations.filter(({ feature }) => feature !== undefined && !(feature in features))).toEqual([]);
  expect(operations.flatMap(({ scopes: named = [] }) => named).filter((scope) => !(scope in scopes))).toEqual([]);
});

test('no API key reaches what only people and staff do', () => {
  const { operations } = contractsIn(Object.values(topics));
  const open = operations.filter(
    ({ scopes = [], access, fresh }) => scopes.length > 0 && (access === 'staff' || fresh),
  );
  expect(open.map(({ name }) => name)).toEqual([]);
});
