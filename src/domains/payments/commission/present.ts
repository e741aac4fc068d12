import type { z } from 'zod';
import { wireMinor } from '../money/wire.rules.ts';
import type { Commission } from './contract.ts';
import type { StoredCommission } from './list.reads.ts';

export const presentCommission = (row: StoredCommission): z.input<typeof Commission> => ({
  id: row.id,
  scope: row.scope,
  targetId: row.eventId ?? row.hostId ?? row.categoryId,
  payer: row.payer,
  rateBasisPoints: row.rateBasisPoints,
  fixedMinor: wireMinor(row.fixedAmount),
  minMinor: wireMinor(row.minAmount),
  maxMinor: row.maxAmount === null ? null : wireMinor(row.maxAmount),
  currency: row.currency,
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt?.toISOString() ?? null,
});
