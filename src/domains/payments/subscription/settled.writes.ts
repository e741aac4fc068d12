import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { type Charge, chargeWhenDue } from './charge.writes.ts';
import { presentSubscription } from './present.ts';
import { settleSubscription } from './settle.writes.ts';
import { findOpenCharge } from './subscription.reads.ts';

interface Change extends Pick<Charge, 'settings' | 'method' | 'now'> {
  subscriptionId: string;
}

/** What its owner sees after a change: where it stands, and what has to be paid now. */
export const settledView = async (
  tx: Transaction,
  record: RecordFact,
  { subscriptionId: id, now, ...charge }: Change,
) => {
  const settled = await settleSubscription(tx, record, { id, now });
  if (settled === null) throw new Error(`subscription ${id} is gone`);
  await chargeWhenDue(tx, record, { ...charge, ...settled, now, isAsked: true });
  return presentSubscription({ ...settled, open: await findOpenCharge(tx, id) });
};
