import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Meter } from '../generator/meter.ts';
import { Room } from '../generator/room.ts';
import { addFaults, noFaults } from '../generator/verifier.ts';
import { loadAdapter } from '../load-adapter.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { createConnecting } from './connect.ts';
import { createCrowd } from './crowd.ts';
import type { Member } from './member.ts';
import type { Closing, Order, Word } from './messages.ts';
import { createRandom } from './random.ts';
import { createReport } from './report.ts';

/** One of the processes that make the load: takes its people and its rooms, tells every second, ends with its parent. */
const TICK_MS = 1_000;
/** What does not move for this long after the end is given up as lost. */
const STANDSTILL_MS = 3_000;
const SETTLE_LIMIT_MS = 30_000;

let isStopped = false;

const say = (word: Word): void => void process.send?.(word);

process.on('message', (order: Order) => {
  if (order.kind === 'end') isStopped = true;
  else void run(order).catch((error: unknown) => say({ kind: 'failed', reason: String(error) }));
});
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole process group; the parent decides when this process ends.
process.on('SIGINT', () => {});

const run = async ({ options, people, plan, part, seed }: Extract<Order, { kind: 'begin' }>): Promise<void> => {
  const adapter = await loadAdapter(options.adapter);
  const { dialect } = adapter;
  const random = createRandom(seed);
  const meter = new Meter();
  const members: Member[] = people.map((person) => ({
    person,
    session: null,
    seat: null,
    position: null,
    isComing: false,
    waiting: new Set(),
  }));
  const rooms = plan.rooms.map(({ id, members: places }, index) => {
    // Filled as people come.
    const seats = new Array(places.length);
    const room = new Room({
      id,
      index: part * 4_096 + index,
      receivers: seats,
      publishers: seats,
      dialect,
      meter,
      size: places.length,
    });
    for (const [seat, place] of places.entries()) {
      const member = members[place];
      if (member) member.seat = { room, index: seat };
    }
    return room;
  });
  const connections = (): number => members.filter(({ session }) => session !== null).length;
  const report = createReport({ meter, rooms: () => rooms, connections });
  const connecting = createConnecting({
    urls: options.nodes.map((url) => new URL(url)),
    dialect,
    report,
    random,
    isStopped: () => isStopped,
  });
  const ticking = setInterval(() => say({ kind: 'tick', tick: report.tick() }), TICK_MS);

  await comeOneByOne(members, options.ramp * 1_000, connecting.come);
  connecting.allCame();
  const endAt = performance.now() + options.seconds * 1_000;
  const crowd = createCrowd({
    ...{ members, rooms, dialect, report, random, endAt },
    thinkMs: options.think * 1_000,
    isStopped: () => isStopped,
    cut: (share) => {
      for (const member of members) if (random() < share) connecting.cut(member);
    },
  });
  await SCENARIOS[options.scenario].play(crowd, plan.more);
  await settle(rooms, members);
  isStopped = true;
  clearInterval(ticking);
  const faults = rooms.map(({ verifier }) => verifier.faults()).reduce(addFaults, noFaults());
  const gaps = connecting.gaps();
  const notes =
    gaps === 0 ? [] : [`${gaps} times a room could not be taken up where it was: what was missed counts as lost.`];
  const closing: Closing = { faults, others: report.faults(), notes };
  process.send?.({ kind: 'closing', tick: report.tick(), closing } satisfies Word, () => process.exit());
};

/** Who could not connect so long after their time comes later, or never. */
const COME_PATIENCE_MS = 30_000;

/** Each at their time; the last ones are waited for. */
const comeOneByOne = async (
  members: Member[],
  rampMs: number,
  come: (member: Member) => Promise<void>,
): Promise<void> => {
  const startedAt = performance.now();
  const coming: Promise<void>[] = [];
  for (const [index, member] of members.entries()) {
    const dueAt = startedAt + (rampMs * index) / members.length;
    if (dueAt > performance.now()) await sleep(dueAt - performance.now());
    if (isStopped) break;
    coming.push(come(member));
  }
  await Promise.race([Promise.all(coming), sleep(COME_PATIENCE_MS, undefined, { ref: false })]);
};

/** Waits until everything was answered and delivered, or clearly will not be. */
const settle = async (rooms: Room[], members: Member[]): Promise<void> => {
  const giveUpAt = performance.now() + SETTLE_LIMIT_MS;
  const open = (): number =>
    rooms.reduce((sum, { verifier }) => sum + Math.max(0, verifier.missing), 0) +
    members.reduce((sum, { waiting }) => sum + waiting.size, 0);
  let [before, movedAt] = [-1, performance.now()];
  for (let now = open(); now > 0 && performance.now() < giveUpAt; now = open()) {
    if (now !== before) movedAt = performance.now();
    if (performance.now() - movedAt > STANDSTILL_MS) return;
    before = now;
    await sleep(50);
  }
};
