import { z } from 'zod';
import type { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { wireMinor } from '../money/wire.rules.ts';
import type { PaymentRow } from '../payment/payment.reads.ts';
import { admissionCalled, admissionsOf, type BookedAdmission } from './admission.reads.ts';
import { Covered } from './covered.rules.ts';
import { type GivenBack, giveBack } from './give-back.rules.ts';
import { type Portion, portionsOf, StoredPart } from './portions.rules.ts';
import type { RefundRow } from './refund.reads.ts';

type Reader = Pick<Transaction, 'refund' | 'dispute' | 'eventParticipant'>;

const StoredParts = z.array(StoredPart);

/** Parts as JSON, to be kept with the refund or dispute that gave them back. */
export const storedParts = (parts: readonly Portion[]): Prisma.InputJsonValue =>
  parts.map(({ line, admissionId, ...amounts }) => ({
    line,
    admissionId,
    netMinor: wireMinor(amounts.netMinor),
    taxMinor: wireMinor(amounts.taxMinor),
    feeMinor: wireMinor(amounts.feeMinor),
    commissionMinor: wireMinor(amounts.commissionMinor),
  }));

/** Parts that were kept; null where none were. */
export const readParts = (stored: unknown): Portion[] | null =>
  StoredParts.safeParse(stored).data?.map(({ line, admissionId, ...amounts }) => ({
    line,
    admissionId,
    netMinor: BigInt(amounts.netMinor),
    taxMinor: BigInt(amounts.taxMinor),
    feeMinor: BigInt(amounts.feeMinor),
    commissionMinor: BigInt(amounts.commissionMinor),
  })) ?? null;

/** What a payment is made of, and what of it has gone back: settled refunds, and disputes that were lost. */
interface Account {
  admissions: BookedAdmission[];
  portions: Portion[];
  /** By the id of the refund or dispute. */
  gone: Map<string, Portion[]>;
}

/** Exact only while the payment is locked. */
const accountOf = async (reader: Reader, payment: PaymentRow): Promise<Account> => {
  const { id: paymentId, bookingId } = payment;
  const admissions = await admissionsOf(reader, bookingId);
  const portions = portionsOf(payment, admissions);
  const refunds = await reader.refund.findMany({ where: { paymentId, status: 'SETTLED' }, orderBy: { id: 'asc' } });
  const disputes = await reader.dispute.findMany({ where: { paymentId, status: 'LOST' }, orderBy: { id: 'asc' } });
  const gone = new Map<string, Portion[]>();
  // What went back before parts were kept counts as it would be given back now.
  for (const { id, amount: amountMinor, parts } of disputes) {
    gone.set(id, readParts(parts) ?? giveBack(portions, [...gone.values()].flat(), { amountMinor }));
  }
  for (const refund of refunds) {
    const wish = wishOf(refund, admissions);
    gone.set(refund.id, readParts(refund.parts) ?? giveBack(portions, [...gone.values()].flat(), wish));
  }
  return { admissions, portions, gone };
};

/** The parts of a payment that have gone back, by the id of the refund or lost dispute. */
export const returnsOf = async (reader: Reader, payment: PaymentRow): Promise<ReadonlyMap<string, Portion[]>> =>
  (await accountOf(reader, payment)).gone;

type Meant = Pick<RefundRow, 'participantId' | 'covers'>;

/** What a refund is for, its admissions by the ids under which they were bought. */
const wishOf = (
  { amount: amountMinor, ...refund }: Meant & Pick<RefundRow, 'amount'>,
  admissions: readonly BookedAdmission[],
): GivenBack => ({
  amountMinor,
  isFeeKept: coveredIn(refund).isFeeKept === true,
  admissions: weightsIn(refund).map(({ id, weight }) => ({
    id: admissionCalled(admissions, id)?.id ?? id,
    amountMinor: BigInt(weight),
  })),
});

const coveredIn = ({ covers }: Meant): z.output<typeof Covered> => Covered.safeParse(covers).data ?? {};

const weightsIn = (refund: Meant): { id: string; weight: number }[] => {
  if (refund.participantId !== null) return [{ id: refund.participantId, weight: 1 }];
  return (coveredIn(refund).admissions ?? []).map(({ id, amountMinor: weight }) => ({ id, weight }));
};

/** The admissions a refund is for, by the ids under which they were bought; none when it is for the whole. */
export const namedIn = (refund: Meant, admissions: readonly BookedAdmission[]): string[] =>
  weightsIn(refund)
    .filter(({ weight }) => weight > 0)
    .map(({ id }) => admissionCalled(admissions, id)?.id ?? id);

/** What of the payment a refund gives back, of what is left of it. @param payment locked */
export const partsOfRefund = async (reader: Reader, payment: PaymentRow, refund: RefundRow): Promise<Portion[]> => {
  const { admissions, portions, gone } = await accountOf(reader, payment);
  return giveBack(portions, [...gone.values()].flat(), wishOf(refund, admissions));
};

/** What of the payment a dispute takes, of what is left of it. @param payment locked */
export const partsOfDispute = async (reader: Reader, payment: PaymentRow, amountMinor: bigint): Promise<Portion[]> => {
  const { portions, gone } = await accountOf(reader, payment);
  return giveBack(portions, [...gone.values()].flat(), { amountMinor });
};
