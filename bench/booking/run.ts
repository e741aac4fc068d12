import { setTimeout as sleep } from 'node:timers/promises';
import { createSale, register, renewed, type User } from '../../load/rally/api.ts';
import { layOut, ratio } from '../../load/report/table.ts';
import { cpuMicrosOf, processTree } from '../cpu/process-tree.ts';
import { median, spread } from '../report/spread.ts';
import { type Counter, type RushResult, rush } from './crowd.ts';
import { recount, refuseMiscount } from './recount.ts';
import { type BookingServers, startBookingServers } from './servers.ts';

const BUYERS = 5_000;
/** Each orders twice: nobody may hold more unpaid bookings at one event. */
const SESSIONS = BUYERS / 2;
/** Calls under way, over all sessions. */
const AT_ONCE = 1_000;
const QUIET_MS = 3_000;

/** Few seats, so that most are told no; and a seat for each, so that all are claims. */
const SALES = { rush: 500, plenty: BUYERS } as const;
type Sale = keyof typeof SALES;
type Server = 'rally' | 'row lock';

export interface BookingRound extends Omit<RushResult, 'bookingIds'> {
  server: Server;
  sale: Sale;
  round: number;
  decisionsPerSecond: number;
  cpuMicrosPerDecision: number;
}

/** 5,000 buyers at an event, by Rally and by a transaction a request; every sale is counted again afterwards. */
export async function runBookingBench(rounds: number): Promise<BookingRound[]> {
  const servers = await startBookingServers();
  try {
    let users = await register(servers.rally.url, { from: 0, to: SESSIONS });
    const results: BookingRound[] = [];
    // Not counted: just-in-time compilers of both servers must have seen what is busy in either sale.
    console.log('booking: warm-up');
    await runRound({ servers, users, round: 0 });
    for (let round = 1; round <= rounds; round += 1) {
      console.log(`booking: round ${round} of ${rounds}`);
      users = await renewed(servers.rally.url, users);
      results.push(...(await runRound({ servers, users, round })));
    }
    return results;
  } finally {
    await servers.stop();
  }
}

/** Each sale on each server, which take turns to be first. */
const runRound = async ({ servers, users, round }: Pick<Run, 'servers' | 'users'> & { round: number }) => {
  const order = round % 2 === 0 ? (['rally', 'row lock'] as const) : (['row lock', 'rally'] as const);
  const results: BookingRound[] = [];
  for (const sale of ['rush', 'plenty'] as const) {
    for (const server of order) {
      const result = await runSale({ servers, users, server, seats: SALES[sale], buyers: BUYERS });
      results.push({ ...result, server, sale, round });
    }
  }
  return results;
};

interface Run {
  servers: BookingServers;
  users: User[];
  server: Server;
  seats: number;
  buyers: number;
}

const runSale = async ({ servers, users, server, seats, buyers }: Run) => {
  const [host] = users;
  if (!host) throw new Error('A sale needs a host');
  const sale = await createSale(servers.rally.url, host, seats);
  // What the last sale caused is over.
  await sleep(QUIET_MS);
  const roots = [...(server === 'rally' ? servers.rally : servers.bare).rootPids, ...servers.databasePids];
  const before = cpuMicrosOf(processTree(roots));
  const { bookingIds, ...result } = await rush(counterOf({ servers, users, server }, sale), {
    buyers,
    sessions: SESSIONS,
    atOnce: AT_ONCE,
  });
  const cpuMicros = cpuMicrosOf(processTree(roots)) - before;
  if (result.held + result.soldOut !== buyers) throw new Error(`unexpected answers: ${JSON.stringify(result.others)}`);
  if (new Set(bookingIds).size !== Math.min(seats, buyers))
    throw new Error(`${bookingIds.length} of ${seats} seats were given`);
  refuseMiscount(await recount(servers.databaseUrl, sale.eventId), result.held);
  return { ...result, decisionsPerSecond: buyers / result.seconds, cpuMicrosPerDecision: cpuMicros / buyers };
};

const counterOf = (
  { servers, users, server }: Pick<Run, 'servers' | 'users' | 'server'>,
  { eventId, ticketTypeId }: { eventId: string; ticketTypeId: string },
): Counter => {
  const userOf = (session: number): User => users[session % users.length] as User; // there is one
  if (server === 'row lock') {
    return {
      ports: servers.bare.ports,
      connectPacket: () => '40',
      order: (session) => ({
        name: 'book',
        inputJson: JSON.stringify({ eventId, ticketTypeId, userId: userOf(session).id }),
      }),
    };
  }
  const items = [{ ticketTypeId, quantity: 1 }];
  return {
    ports: servers.rally.ports,
    connectPacket: (session) => `40${JSON.stringify({ token: userOf(session).accessToken })}`,
    order: (_session, buyer) => ({
      name: 'booking.create',
      inputJson: JSON.stringify({ eventId, items, idempotencyKey: `${eventId} ${buyer}` }),
    }),
  };
};

const HEADER = [
  'sale',
  'server',
  'decisions/s',
  'p50 ms',
  'p99 ms',
  'SOLD_OUT p99 ms',
  'server CPU µs/decision',
  'told to retry',
];

/** The table of `booking` and how Rally compares. */
export function reportBooking(rounds: BookingRound[]): string {
  const of = (sale: Sale, server: Server) => rounds.filter((round) => round.sale === sale && round.server === server);
  const rows = (['rush', 'plenty'] as const).flatMap((sale) =>
    (['rally', 'row lock'] as const).map((server) => [sale, server, ...figures(of(sale, server))]),
  );
  const rate = (sale: Sale, server: Server) =>
    median(of(sale, server).map(({ decisionsPerSecond }) => decisionsPerSecond));
  return [
    `booking: ${BUYERS} buyers over two nodes, ${SESSIONS} people, ${AT_ONCE} calls under way; rush has ${SALES.rush} seats, plenty one each; median (min–max)`,
    layOut(HEADER, rows),
    '',
    `rally ÷ row lock: rush ${ratio(rate('rush', 'rally'), rate('rush', 'row lock'))}, plenty ${ratio(rate('plenty', 'rally'), rate('plenty', 'row lock'))}`,
  ].join('\n');
}

const figures = (rounds: BookingRound[]): string[] => [
  spread(rounds.map(({ decisionsPerSecond }) => decisionsPerSecond)),
  spread(rounds.map(({ p50Ms }) => p50Ms)),
  spread(rounds.map(({ p99Ms }) => p99Ms)),
  spread(rounds.map(({ soldOutP99Ms }) => soldOutP99Ms)),
  spread(rounds.map(({ cpuMicrosPerDecision }) => cpuMicrosPerDecision)),
  spread(rounds.map(({ retries }) => retries)),
];
