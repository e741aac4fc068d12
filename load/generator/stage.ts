import { performance } from 'node:perf_hooks';
import type { Cast, CastRoom, DialectName, Opened, Seat } from './commands.ts';
import { bareDialect } from './dialects/bare.ts';
import type { Dialect } from './dialects/dialect.ts';
import { rallyDialect } from './dialects/rally.ts';
import { type ParsedFrame, startOfChain } from './frame-chain.ts';
import { Histogram } from './histogram.ts';
import { Meter } from './meter.ts';
import { Room } from './room.ts';
import { ask, Session } from './session.ts';

const DIALECTS: Record<DialectName, Dialect> = { bare: bareDialect, rally: rallyDialect };
/** Connections that are being opened at the same time; a storm of them is another workload's subject. */
const OPENING_AT_ONCE = 50;

/** Everything that is connected: the rooms of a workload and the meter they share. */
export interface Stage {
  dialect: Dialect;
  meter: Meter;
  rooms: Room[];
  sessions: Session[];
}

/** Connects the whole cast and joins every receiver to its room. @throws Error when a connection or a join is refused */
export async function openStage(cast: Cast): Promise<{ stage: Stage; opened: Opened }> {
  const startedAt = performance.now();
  const stage: Stage = { dialect: DIALECTS[cast.dialect], meter: new Meter(), rooms: [], sessions: [] };
  const connectMs = new Histogram();
  const doors = doorkeeper(OPENING_AT_ONCE);
  const open = (seat: Seat) =>
    doors(async () => {
      const begunAt = performance.now();
      const session = await openSession(stage, cast.ports[seat.node] ?? 0, seat);
      connectMs.record(performance.now() - begunAt);
      return session;
    });
  stage.rooms = await Promise.all(cast.rooms.map((room, index) => openRoom({ stage, room, index, open })));
  await Promise.all(cast.idle.map(open));
  const opened = {
    connections: stage.sessions.length,
    seconds: (performance.now() - startedAt) / 1000,
    connectP50Ms: connectMs.percentile(0.5),
    connectP99Ms: connectMs.percentile(0.99),
  };
  return { stage, opened };
}

async function openRoom(options: {
  stage: Stage;
  room: CastRoom;
  index: number;
  open: (seat: Seat) => Promise<Session>;
}): Promise<Room> {
  const { stage, room: cast, index, open } = options;
  const receivers = await Promise.all(cast.receivers.map(open));
  const publishers = cast.publishers.length > 0 ? await Promise.all(cast.publishers.map(open)) : receivers;
  const room = new Room({ id: cast.id, index, receivers, publishers, dialect: stage.dialect, meter: stage.meter });
  const chains = new Map<number, ParsedFrame>();
  for (const [place, seat] of cast.receivers.entries()) room.listen(place, chainOf(chains, seat.node));
  await Promise.all(receivers.map((session) => join(stage.dialect, session, cast.id)));
  return room;
}

async function openSession(stage: Stage, port: number, seat: Seat): Promise<Session> {
  const connectPacket = stage.dialect.connectPacket(seat.token);
  const session = await Session.open({ address: { host: '127.0.0.1', port }, connectPacket });
  stage.sessions.push(session);
  return session;
}

async function join(dialect: Dialect, session: Session, room: string): Promise<void> {
  const call = dialect.join(room);
  const { refusal } = dialect.readAnswer(await ask(session, call.name, call.inputJson));
  if (refusal !== undefined) throw new Error(`The server refused to let a receiver into ${room}: ${refusal}`);
}

function chainOf(chains: Map<number, ParsedFrame>, node: number): ParsedFrame {
  const chain = chains.get(node) ?? startOfChain();
  chains.set(node, chain);
  return chain;
}

/** Lets at most `limit` tasks run at the same time; the others wait their turn. */
function doorkeeper(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return async (task) => {
    if (inside >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    inside++;
    try {
      return await task();
    } finally {
      inside--;
      waiting.shift()?.();
    }
  };
}
