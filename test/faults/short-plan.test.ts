import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawPlan } from './plan/draw.ts';
import type { FaultName } from './plan/names.ts';
import { describeStep } from './plan/plan.ts';
import { SHAPE } from './plan/shape.ts';
import { countFaults, playPlan } from './play/play.ts';
import { openWorld, type World } from './play/world.ts';

const FAULTS: readonly FaultName[] = [
  'kill-node',
  'kill-worker',
  'kill-redis',
  'kill-postgres',
  'cut-links',
  'slow-links',
];

let world: World;

beforeAll(async () => {
  const plan = drawPlan({ seed: 8, scenario: 'chat', faults: FAULTS, seconds: 15, shape: SHAPE });
  const say = (line: string): void => void process.stdout.write(`short plan: ${line}\n`);
  for (const step of plan.steps) say(describeStep(step));
  world = await openWorld({ plan, rates: { messages: 100, checkouts: 1 }, say });
}, 240_000);

afterAll(() => world?.close(), 60_000);

test('messages are stored once, in order, and read so, whatever is killed, cut and slow', async () => {
  const { findings, marks, messages } = await playPlan(world, new AbortController().signal);
  expect(findings).toEqual([]);
  expect(Object.keys(countFaults(marks)).sort()).toEqual([...FAULTS].sort());
  expect(messages.acknowledged).toBeGreaterThan(300);
}, 600_000);
