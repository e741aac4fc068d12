import { verifyBooks } from '../../../src/domains/payments/ledger/verify/verify-books.ts';
import { verifyAudit } from '../../../src/platform/audit/verify-audit.ts';
import { contradictions } from '../checkouts/contradictions.ts';
import { untilQuiet } from '../checkouts/quiet.ts';
import { CALM, setSwitches } from '../checkouts/switches.ts';
import { compareSandbox, compareTold, totals } from '../checkouts/tally.ts';
import { SHAPE } from '../plan/shape.ts';
import type { MessageCount } from './chats.ts';
import { type Finding, finding, findingOf } from './finding.ts';
import type { Sales } from './sales.ts';
import type { World } from './world.ts';

const QUIET_WITHIN_MS = 300_000;

/** What a run came to. */
export interface Recount {
  /** What does not add up; none when every promise was kept. */
  findings: Finding[];
  /** Acknowledged messages, and those of them that are lost or there twice. */
  messages: { acknowledged: number; lost: number; doubled: number };
  /** Buyers who came to an end, and kinds of things that are owed to them or contradict what they were told. */
  checkouts: { ended: number; owed: number };
}

const wrongMessages = ({ lost, doubled, moved, uninvited, misnumbered, refused, readers }: MessageCount): Finding[] => [
  ...findingOf('acknowledged messages lost', lost),
  ...findingOf('messages doubled', doubled),
  ...findingOf('messages at another place than was acknowledged', moved),
  ...findingOf('messages stored though they were refused', uninvited),
  ...findingOf('chats with a hole in their numbers', misnumbered),
  ...findingOf('kinds of refusals for good', Object.entries(refused)),
  ...readers.findings,
];

const wrongBooks = async ({ stage }: World): Promise<Finding[]> => {
  const books = await stage.database.$transaction((tx) => verifyBooks(tx), {
    isolationLevel: 'RepeatableRead',
    timeout: 120_000,
  });
  return [
    ...findingOf('breaks of the ledger', books.breaks),
    ...(books.stoppedEarly ? [finding('the ledger was not read whole')] : []),
  ];
};

const wrongAudit = async ({ stage }: World): Promise<Finding[]> => {
  const { database, auditFolder: folder } = stage;
  const { findings } = await verifyAudit({ database, folder, publicKeys: [], onProgress: () => undefined });
  return findingOf('findings in the audit', findings);
};

const wrongSales = async ({ stage }: World, sales: Sales): Promise<Finding[]> => {
  const found = await contradictions(stage.database);
  return [
    ...findingOf('failures told to buyers', sales.failures),
    ...found.flatMap(([promise, rows]) => findingOf(`contradictions of "${promise}"`, rows)),
    ...findingOf('differences from what buyers were told', await compareTold(stage.database, sales.told)),
    ...findingOf('differences from the provider', await compareSandbox(stage)),
  ];
};

/** Nobody kills them any more: who does not run has ended by itself. */
const wrongProcesses = ({ stage }: World): Finding[] => {
  const { nodes, workers } = stage.cluster;
  const lasting = [...SHAPE.nodes, ...SHAPE.workers];
  const ended = [...nodes, ...workers].filter((one) => lasting.includes(one.name) && one.hasEnded());
  return findingOf(
    'processes that ended by themselves',
    ended.map(({ name }) => name),
  );
};

const recountMessages = async ({ chats, say }: World) => {
  if (chats === null) return { acknowledged: 0, lost: 0, doubled: 0, findings: [] };
  const count = await chats.recount();
  const { acknowledged, stored, gone, lost, doubled, readers } = count;
  say(`messages: ${acknowledged} acknowledged, ${stored} stored, ${gone} gone with an emptied Redis`);
  say(`readers: hold ${readers.held} messages, and were told ${readers.resets} times to begin anew`);
  return { acknowledged, lost: lost.length, doubled: doubled.length, findings: wrongMessages(count) };
};

/** Waits until nothing of the money moves any more, and counts it. */
const recountSales = async (world: World, sales: Sales | null) => {
  const { stage, time, say } = world;
  const unrest = await untilQuiet(stage, time, QUIET_WITHIN_MS).then(
    () => [],
    (error: unknown) => [finding('not quiet in the end', String(error))],
  );
  if (sales === null) return { ended: 0, owed: unrest.length, findings: unrest };
  say(`checkouts: ${JSON.stringify(await totals(stage, sales.told))}`);
  const wrong = await wrongSales(world, sales);
  return { ended: sales.told.length, owed: unrest.length + wrong.length, findings: [...unrest, ...wrong] };
};

/** Counts everything anew once nothing moves any more. The traffic has ended. */
export const recountAll = async (world: World, sales: Sales | null): Promise<Recount> => {
  if (sales !== null) await setSwitches(world.stage, CALM);
  const messages = await recountMessages(world);
  const checkouts = await recountSales(world, sales);
  return {
    messages,
    checkouts,
    findings: [
      ...messages.findings,
      ...checkouts.findings,
      ...(await wrongBooks(world)),
      ...(await wrongAudit(world)),
      ...wrongProcesses(world),
    ],
  };
};
