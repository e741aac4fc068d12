import { verifyBooks } from '../../../src/domains/payments/ledger/verify/verify-books.ts';
import { verifyAudit } from '../../../src/platform/audit/verify-audit.ts';
import { contradictions } from '../checkouts/contradictions.ts';
import { untilQuiet } from '../checkouts/quiet.ts';
import { CALM, setSwitches } from '../checkouts/switches.ts';
import { compareSandbox, compareTold, totals } from '../checkouts/tally.ts';
import type { MessageCount } from './chats.ts';
import type { Sales } from './sales.ts';
import type { World } from './world.ts';

const QUIET_WITHIN_MS = 420_000;
/** Of each kind so many are printed; the number says the rest. */
const SHOWN = 5;

/** What does not add up, a line each; none when every promise was kept. */
type Findings = string[];

/** What a run came to. */
export interface Recount {
  findings: Findings;
  /** Acknowledged messages, and those of them that are lost or there twice. */
  messages: { acknowledged: number; lost: number; doubled: number };
  /** Buyers who came to an end, and kinds of things that are owed to them or contradict what they were told. */
  checkouts: { ended: number; owed: number };
}

const some = (name: string, list: readonly unknown[]): Findings =>
  list.length === 0 ? [] : [`${list.length} ${name}: ${list.slice(0, SHOWN).map(textOf).join(' | ')}`];

const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));

const wrongMessages = ({ lost, doubled, moved, uninvited, misnumbered, refused }: MessageCount): Findings => [
  ...some('acknowledged messages lost', lost),
  ...some('messages doubled', doubled),
  ...some('messages at another place than was acknowledged', moved),
  ...some('messages stored though they were refused', uninvited),
  ...some('chats with a hole in their numbers', misnumbered),
  ...some('kinds of refusals for good', Object.entries(refused)),
];

const wrongBooks = async ({ stage }: World): Promise<Findings> => {
  const books = await stage.database.$transaction((tx) => verifyBooks(tx), {
    isolationLevel: 'RepeatableRead',
    timeout: 120_000,
  });
  return [
    ...some('breaks of the ledger', books.breaks),
    ...(books.stoppedEarly ? ['the ledger was not read whole'] : []),
  ];
};

const wrongAudit = async ({ stage }: World): Promise<Findings> => {
  const { database, auditFolder: folder } = stage;
  const { findings } = await verifyAudit({ database, folder, publicKeys: [], onProgress: () => undefined });
  return some('findings in the audit', findings);
};

const wrongSales = async ({ stage }: World, sales: Sales): Promise<Findings> => {
  const found = await contradictions(stage.database);
  return [
    ...some('failures told to buyers', sales.failures),
    ...found.flatMap(([promise, rows]) => some(`contradictions of "${promise}"`, rows)),
    ...some('differences from what buyers were told', await compareTold(stage.database, sales.told)),
    ...some('differences from the provider', await compareSandbox(stage)),
  ];
};

/** Waits until nothing moves any more, and counts everything anew. The traffic has ended. */
export const recountAll = async (world: World, sales: Sales): Promise<Recount> => {
  const { stage, time, chats, say } = world;
  await setSwitches(stage, CALM);
  const messages = await chats.recount();
  const { acknowledged, stored, gone } = messages;
  say(`messages: ${acknowledged} acknowledged, ${stored} stored, ${gone} gone with an emptied Redis`);
  const unrest = await untilQuiet(stage, time, QUIET_WITHIN_MS).then(
    () => [],
    (error: unknown) => [String(error)],
  );
  say(`checkouts: ${JSON.stringify(await totals(stage, sales.told))}`);
  const wrong = await wrongSales(world, sales);
  return {
    messages: { acknowledged, lost: messages.lost.length, doubled: messages.doubled.length },
    checkouts: { ended: sales.told.length, owed: unrest.length + wrong.length },
    findings: [
      ...wrongMessages(messages),
      ...unrest,
      ...wrong,
      ...(await wrongBooks(world)),
      ...(await wrongAudit(world)),
    ],
  };
};
