import { layOut, percent, ratio } from '../../load/report/table.ts';
import { CONNECT, type ConnectRound } from '../workloads/connect.ts';
import { median, spread } from './spread.ts';

const HEADER = ['server', 'connects/s', 'p50 ms', 'p99 ms', 'server CPU µs/connect', 'KiB/connection', 'idle CPU'];

/** The table of `connect` and how Rally compares. Memory of rounds after the first includes what was not given back. */
export function reportConnect(rounds: ConnectRound[]): string {
  const servers = [...new Set(rounds.map(({ server }) => server))];
  const figure = (server: string, read: (round: ConnectRound) => number) =>
    median(rounds.filter((round) => round.server === server).map(read));
  const compare = (read: (round: ConnectRound) => number) => ratio(figure('rally', read), figure('bare', read));
  return [
    `connect: ${CONNECT.connections} connections opened 50 at a time, then idle; median (min–max)`,
    layOut(
      HEADER,
      servers.map((server) => serverRow(rounds.filter((round) => round.server === server))),
    ),
    '',
    `rally ÷ bare: CPU per connect ${compare(({ cpuMicrosPerConnect }) => cpuMicrosPerConnect)}`,
  ].join('\n');
}

const serverRow = (rounds: ConnectRound[]): string[] => [
  rounds[0]?.server ?? '',
  spread(rounds.map(({ connectsPerSecond }) => connectsPerSecond)),
  spread(rounds.map(({ opened }) => opened.connectP50Ms)),
  spread(rounds.map(({ opened }) => opened.connectP99Ms)),
  spread(rounds.map(({ cpuMicrosPerConnect }) => cpuMicrosPerConnect)),
  spread(rounds.map(({ kibPerConnection }) => kibPerConnection)),
  percent(median(rounds.map(({ idleShare }) => idleShare)) ?? 0),
];
