import { layOut, percent, ratio, readable } from '../../load/report/table.ts';
import { FANOUT, type FanoutRound, type Rung } from '../workloads/fanout.ts';
import { GENERATOR_BOUND_SHARE } from '../workloads/measure.ts';
import { FAULT_TITLES, faultCells } from './faults.ts';
import { median, spread } from './spread.ts';

const HEADER = [
  'offered/s',
  'server',
  'achieved/s',
  'p50 ms',
  'p99 ms',
  'server CPU µs/delivery',
  'generator',
  'others',
];

/** The tables of `fanout`: every rung, then for each server what it sustained and how Rally compares. */
export function reportFanout(rounds: FanoutRound[]): string {
  const servers = [...new Set(rounds.map(({ server }) => server))];
  const ladder = [...new Set(rounds.flatMap(({ rungs }) => rungs.map(({ offered }) => offered)))].sort((a, b) => a - b);
  const rows = ladder.flatMap((offered) => servers.flatMap((server) => rungRow(rounds, server, offered)));
  return [
    `fanout: 1 room × ${FANOUT.receivers} receivers on two nodes, ${FANOUT.publishers} publishers, open loop; median (min–max)`,
    layOut([...HEADER, ...FAULT_TITLES, 'kept up'], rows),
    '',
    layOut(
      ['server', 'highest rate kept up with/s', 'idle CPU, connected'],
      servers.map((server) => serverRow(rounds, server)),
    ),
    '',
    ...comparisons(rounds, ladder),
  ].join('\n');
}

function rungRow(rounds: FanoutRound[], server: string, offered: number): string[][] {
  const rungs = rungsOf(rounds, server, offered);
  if (rungs.length === 0) return [];
  const generator = median(rungs.map(({ generatorShare }) => generatorShare)) ?? 0;
  return [
    [
      readable(offered),
      server,
      spread(rungs.map(({ achieved }) => achieved)),
      spread(rungs.map(({ result }) => result.deliveryP50Ms)),
      spread(rungs.map(({ result }) => result.deliveryP99Ms)),
      spread(rungs.map(({ cpuMicrosPerDelivery }) => cpuMicrosPerDelivery)),
      percent(generator) + (generator > GENERATOR_BOUND_SHARE ? ' (bound)' : ''),
      percent(median(rungs.map(({ otherShare }) => otherShare)) ?? 0),
      ...faultCells(rungs.map(({ result }) => result)),
      `${rungs.filter(({ isGood }) => isGood).length} of ${rungs.length}`,
    ],
  ];
}

function serverRow(rounds: FanoutRound[], server: string): string[] {
  const own = rounds.filter((round) => round.server === server);
  return [server, spread(own.map(highestGood)), percent(median(own.map(({ idleShare }) => idleShare)) ?? 0)];
}

function comparisons(rounds: FanoutRound[], ladder: number[]): string[] {
  const sustained = (server: string) => median(rounds.filter((round) => round.server === server).map(highestGood));
  const cpu = (server: string, offered: number) =>
    median(rungsOf(rounds, server, offered).map(({ cpuMicrosPerDelivery }) => cpuMicrosPerDelivery));
  return [
    ...ladder.map(
      (offered) =>
        `rally ÷ bare, CPU per delivery at ${readable(offered)}/s: ${ratio(cpu('rally', offered), cpu('bare', offered))}`,
    ),
    `rally ÷ bare, highest rate kept up with: ${ratio(sustained('rally'), sustained('bare'))}`,
  ].filter((line) => !line.endsWith('–'));
}

const rungsOf = (rounds: FanoutRound[], server: string, offered: number): Rung[] =>
  rounds
    .filter((round) => round.server === server)
    .flatMap(({ rungs }) => rungs.filter((rung) => rung.offered === offered));

const highestGood = ({ rungs }: FanoutRound): number =>
  Math.max(0, ...rungs.filter(({ isGood }) => isGood).map(({ achieved }) => achieved));
