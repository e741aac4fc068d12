import { pino } from 'pino';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type OperationContract, operation } from '../../src/kernel/contract.ts';
import type { Outcome } from '../../src/kernel/execute.ts';
import type { Call } from '../../src/kernel/handler.ts';
import { createMetrics, type Metrics } from '../../src/platform/metrics.ts';
import { connectRedis } from '../../src/platform/redis/connect.ts';
import { createRuntime } from '../../src/platform/runtime.ts';
import { createSealing } from '../../src/platform/sealing.ts';
import { freshRedis } from '../support/databases.ts';

let lines: Record<string, unknown>[];
let metrics: Metrics;
let runtime: ReturnType<typeof createRuntime>;

beforeEach(async () => {
  lines = [];
  metrics = createMetrics();
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const cache = connectRedis(await freshRedis(), log, { lazyConnect: true });
  const commit = async () => ({ data: {}, replayed: false });
  const sealing = createSealing(Buffer.alloc(32, 1).toString('base64'));
  runtime = createRuntime({ redis: { cache }, sealing, metrics, log, commits: { commit } });
});

const contractOf = (durability: OperationContract['durability']) =>
  operation({
    name: 'probe.run',
    summary: 'Runs',
    access: 'user',
    durability,
    rates: [],
    input: z.object({}),
    output: z.object({}),
    errors: [],
  });
const call: Call = {
  actor: { userId: 'ann', sessionId: 'session', role: 'USER' },
  origin: { carrier: 'http', address: '203.0.113.1', agent: 'test' },
  requestId: 'request-1',
  now: new Date(),
};

const LEVELS: Record<number, string> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' };
test.each<[string, OperationContract['durability'], Outcome]>([
  ['debug', 'read', { code: 'OK', durationMs: 1 }],
  ['debug', 'accepted', { code: 'OK', durationMs: 1 }],
  ['info', 'committed', { code: 'OK', durationMs: 1 }],
  ['debug', 'committed', { code: 'FORBIDDEN', durationMs: 1 }],
  ['warn', 'committed', { code: 'COMMIT_TIMEOUT', durationMs: 5_000 }],
  ['error', 'read', { code: 'INTERNAL', durationMs: 1, bug: new Error('a bug') }],
])('writes one line at level %s for a %s call that ended with %o', (level, durability, outcome) => {
  runtime.observe(contractOf(durability), call, outcome);
  expect(lines).toHaveLength(1);
  expect(LEVELS[lines[0]?.level as number]).toBe(level);
  expect(lines[0]).toMatchObject({ operation: 'probe.run', code: outcome.code, requestId: 'request-1', userId: 'ann' });
  if (outcome.bug) expect(lines[0]).toMatchObject({ err: { message: 'a bug', stack: expect.any(String) } });
});

test('times every call by operation and code', async () => {
  runtime.observe(contractOf('read'), call, { code: 'OK', durationMs: 30 });
  runtime.observe(contractOf('read'), call, { code: 'NOT_FOUND', durationMs: 1 });
  const text = await metrics.registry.metrics();
  expect(text).toContain('rally_operation_seconds_count{operation="probe.run",code="OK"} 1');
  expect(text).toContain('rally_operation_seconds_sum{operation="probe.run",code="OK"} 0.03');
  expect(text).toContain('rally_operation_seconds_count{operation="probe.run",code="NOT_FOUND"} 1');
});
