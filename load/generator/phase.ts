import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PhaseResult } from './commands.ts';
import type { Room } from './room.ts';
import { ask } from './session.ts';
import type { Stage } from './stage.ts';
import { addFaults, noFaults } from './verifier.ts';

/** What does not move for this long after the load ended is given up as lost. */
const STANDSTILL_MS = 3_000;
const SETTLE_LIMIT_MS = 30_000;
const DURABLE_LIMIT_MS = 15_000;
const POLL_MS = 50;
const DURABLE_POLL_MS = 250;

/** Runs one phase of load and waits until everything sent was answered, delivered and stored, or clearly will not be. */
export async function runPhase(stage: Stage, seconds: number, load: () => Promise<void>): Promise<PhaseResult> {
  stage.meter.clear();
  for (const room of stage.rooms) room.nextPhase();
  const alreadyEnded = endedSessions(stage).length;
  const startedAt = performance.now();
  await load();
  await settle(stage);
  const durable = await waitUntilDurable(stage);
  return {
    ...measured(stage, startedAt, seconds),
    ...durable,
    ...drops(stage, alreadyEnded),
  };
}

function measured(stage: Stage, startedAt: number, seconds: number) {
  const { meter } = stage;
  const endedAt = Math.max(startedAt + seconds * 1000, meter.lastDeliveryAt, meter.lastAckAt);
  return {
    seconds: (endedAt - startedAt) / 1000,
    sent: meter.sent,
    acked: meter.acked,
    deliveries: meter.deliveryMs.count,
    refusals: Object.fromEntries(meter.refusals),
    faults: stage.rooms.map((room) => room.verifier.faults()).reduce(addFaults, noFaults()),
    deliveryP50Ms: meter.deliveryMs.percentile(0.5),
    deliveryP99Ms: meter.deliveryMs.percentile(0.99),
    ackP50Ms: meter.ackMs.percentile(0.5),
    ackP99Ms: meter.ackMs.percentile(0.99),
    latestSendMs: meter.latestSendMs,
  };
}

async function settle(stage: Stage): Promise<void> {
  const giveUpAt = performance.now() + SETTLE_LIMIT_MS;
  let movedAt = performance.now();
  let before = -1;
  while (performance.now() < giveUpAt) {
    const open = openEnds(stage);
    if (open === 0 || performance.now() - movedAt > STANDSTILL_MS) return;
    if (open !== before) movedAt = performance.now();
    before = open;
    await sleep(POLL_MS);
  }
}

/** Deliveries and acknowledgements that are still to come. */
function openEnds({ rooms, meter }: Stage): number {
  const refused = [...meter.refusals.values()].reduce((sum, count) => sum + count, 0);
  const deliveries = rooms.reduce((sum, room) => sum + room.verifier.missing, 0);
  return deliveries + meter.sent - meter.acked - refused;
}

/** A message counts only once it is stored: asks each room until its watermark has passed all that was acknowledged. */
async function waitUntilDurable(stage: Stage): Promise<Pick<PhaseResult, 'durableAfterMs' | 'notDurable'>> {
  const giveUpAt = performance.now() + DURABLE_LIMIT_MS;
  let waiting = stage.rooms.filter((room) => room.highestSeq >= 0);
  if (waiting.length === 0) return { notDurable: [] };
  let behind: PhaseResult['notDurable'] = [];
  while (waiting.length > 0 && performance.now() < giveUpAt) {
    await sleep(DURABLE_POLL_MS);
    behind = (await Promise.all(waiting.map((room) => behindOf(stage, room)))).flat();
    waiting = waiting.filter(({ id }) => behind.some(({ room }) => room === id));
  }
  return { durableAfterMs: performance.now() - stage.meter.lastAckAt, notDurable: behind };
}

/** What of a room's acknowledged messages is not stored yet, as a list of one or none. */
async function behindOf({ dialect }: Stage, room: Room): Promise<PhaseResult['notDurable']> {
  const session = room.receivers.find((candidate) => candidate.endReason === undefined);
  const call = dialect.join(room.id);
  const answer = session && dialect.readAnswer(await ask(session, call.name, call.inputJson));
  const durableSeq = answer?.durable;
  if (durableSeq !== undefined && durableSeq >= room.highestSeq) return [];
  return [{ room: room.id, acknowledgedSeq: room.highestSeq, durableSeq }];
}

const endedSessions = (stage: Stage) => stage.sessions.filter((session) => session.endReason !== undefined);

function drops(stage: Stage, before: number): Pick<PhaseResult, 'dropped' | 'dropReason'> {
  const ended = endedSessions(stage);
  const dropReason = ended[0]?.endReason;
  return { dropped: ended.length - before, ...(dropReason !== undefined && { dropReason }) };
}
