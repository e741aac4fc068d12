import type { z } from 'zod';
import { toTime, toTimeOrNull } from '../times.rules.ts';
import type { PromoCode } from './contract.ts';
import type { PromoRow } from './lock.steps.ts';

const numberOrNull = (minor: bigint | null): number | null => (minor === null ? null : Number(minor));

/** A code on the wire; its amounts came over it, so they fit JSON. */
export const presentPromo = (row: PromoRow): z.infer<typeof PromoCode> => ({
  id: row.id,
  code: row.code,
  eventId: row.eventId,
  kind: row.kind,
  unit: row.unit,
  funding: row.funding,
  status: row.status,
  percentBasisPoints: row.percentBasisPoints,
  amountMinor: numberOrNull(row.amount),
  currency: row.currency,
  description: row.description,
  maxDiscountMinor: numberOrNull(row.maxDiscountAmount),
  minOrderMinor: Number(row.minOrderAmount),
  maxTotal: row.maxTotal,
  maxPerUser: row.maxPerUser,
  restoreOnRefund: row.restoreOnRefund,
  startsAt: toTimeOrNull(row.startsAt),
  endsAt: toTimeOrNull(row.endsAt),
  reserved: row.reserved,
  redeemed: row.redeemed,
  createdAt: toTime(row.createdAt),
});
