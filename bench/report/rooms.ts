import { layOut, percent, ratio } from '../../load/report/table.ts';
import { GENERATOR_BOUND_SHARE } from '../workloads/measure.ts';
import { ROOMS, type RoomsRound } from '../workloads/rooms.ts';
import { FAULT_TITLES, faultCells } from './faults.ts';
import { median, spread, sum } from './spread.ts';

const HEADER = [
  'server',
  'acked msg/s',
  'ack p50 ms',
  'ack p99 ms',
  'delivery p99 ms',
  'server CPU µs/msg',
  'idle CPU',
  'generator',
  'others',
  ...FAULT_TITLES,
  'durable after ms',
  'rooms not durable',
];

/** The table of `rooms` and how Rally compares with both bare servers. */
export function reportRooms(rounds: RoomsRound[]): string {
  const servers = [...new Set(rounds.map(({ server }) => server))];
  return [
    `rooms: ${ROOMS.rooms} rooms × ${ROOMS.members} members on two nodes, one message in flight per room; median (min–max)`,
    layOut(
      HEADER,
      servers.map((server) => serverRow(rounds.filter((round) => round.server === server))),
    ),
    '',
    ...['bare', 'bare-insert'].flatMap((peer) => comparison(rounds, peer)),
  ].join('\n');
}

function serverRow(rounds: RoomsRound[]): string[] {
  const results = rounds.map(({ result }) => result);
  const generator = median(rounds.map(({ generatorShare }) => generatorShare)) ?? 0;
  return [
    rounds[0]?.server ?? '',
    spread(rounds.map(({ ackedPerSecond }) => ackedPerSecond)),
    spread(results.map(({ ackP50Ms }) => ackP50Ms)),
    spread(results.map(({ ackP99Ms }) => ackP99Ms)),
    spread(results.map(({ deliveryP99Ms }) => deliveryP99Ms)),
    spread(rounds.map(({ cpuMicrosPerMessage }) => cpuMicrosPerMessage)),
    percent(median(rounds.map(({ idleShare }) => idleShare)) ?? 0),
    percent(generator) + (generator > GENERATOR_BOUND_SHARE ? ' (bound)' : ''),
    percent(median(rounds.map(({ otherShare }) => otherShare)) ?? 0),
    ...faultCells(results),
    spread(results.flatMap(({ durableAfterMs }) => durableAfterMs ?? [])),
    String(sum(results.map(({ notDurable }) => notDurable.length))),
  ];
}

function comparison(rounds: RoomsRound[], peer: string): string[] {
  const figure = (server: string, read: (round: RoomsRound) => number) =>
    median(rounds.filter((round) => round.server === server).map(read));
  const compare = (read: (round: RoomsRound) => number) => ratio(figure('rally', read), figure(peer, read));
  const cpu = compare(({ cpuMicrosPerMessage }) => cpuMicrosPerMessage);
  if (cpu === '–') return [];
  return [`rally ÷ ${peer}: CPU per message ${cpu}, acked msg/s ${compare(({ ackedPerSecond }) => ackedPerSecond)}`];
}
