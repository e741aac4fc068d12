import type { Prisma } from '../../../generated/prisma/client.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { violatedConstraint } from '../../../platform/db/failures.ts';
import { newId } from '../../../platform/ids.ts';
import { promosByCode, usesByPeople } from './promo.reads.ts';
import type { Promo } from './promo.ts';

interface Wanted {
  event: { id: string; hostId: string };
  codes: readonly string[];
  userIds: readonly string[];
}

/** Codes under their locks, and how often each of these people has used them. After the event and its types in the order of locks. */
export const lockPromos = async (
  tx: Transaction,
  { event, codes, userIds }: Wanted,
): Promise<{ promos: Map<string, Promo>; uses: Map<string, number> }> => {
  const found = await promosByCode(tx, event, codes);
  const ids = [...found.values()].map(({ id }) => id).sort();
  if (ids.length === 0) return { promos: found, uses: new Map() };
  await tx.$executeRaw`
    SELECT 1 FROM promo_codes WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  return { promos: await promosByCode(tx, event, codes), uses: await usesByPeople(tx, ids, userIds) };
};

/** One order's use of a code. */
export interface Use {
  promoCodeId: string;
  bookingId: string;
  userId: string;
  quantity: number;
  discount: bigint;
  currency: string;
  state: 'RESERVED' | 'REDEEMED';
}

/**
 * Claims uses with the holds they belong to: the code's row, a row per person, and the redemptions.
 * @returns false when a limit stood in the way: then the transaction must not be kept
 */
export const claimUses = async (tx: Transaction, uses: readonly Use[]): Promise<boolean> => {
  if (uses.length === 0) return true;
  const rows = uses.map((use) => ({ ...use, id: newId(), discount: String(use.discount) }));
  const json = JSON.stringify(rows);
  const codes = new Set(uses.map(({ promoCodeId }) => promoCodeId));
  const claimed = await tx.$executeRaw`
    UPDATE promo_codes AS c SET reserved = c.reserved + u.reserved, redeemed = c.redeemed + u.redeemed
    FROM (SELECT "promoCodeId" AS id, coalesce(sum(quantity) FILTER (WHERE state = 'RESERVED'), 0)::int AS reserved,
            coalesce(sum(quantity) FILTER (WHERE state = 'REDEEMED'), 0)::int AS redeemed
          FROM jsonb_to_recordset(${json}::jsonb) AS r ("promoCodeId" uuid, quantity int, state text) GROUP BY 1) AS u
    WHERE c.id = u.id
      AND (c.max_total IS NULL OR c.reserved + c.redeemed + u.reserved + u.redeemed <= c.max_total)`;
  if (claimed !== codes.size) return false;
  await tx.$executeRaw`
    INSERT INTO promo_user_counters AS c (promo_code_id, user_id, reserved, redeemed)
    SELECT "promoCodeId", "userId", coalesce(sum(quantity) FILTER (WHERE state = 'RESERVED'), 0)::int,
      coalesce(sum(quantity) FILTER (WHERE state = 'REDEEMED'), 0)::int
    FROM jsonb_to_recordset(${json}::jsonb) AS r ("promoCodeId" uuid, "userId" uuid, quantity int, state text)
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (promo_code_id, user_id)
    DO UPDATE SET reserved = c.reserved + excluded.reserved, redeemed = c.redeemed + excluded.redeemed,
      max_uses = excluded.max_uses`;
  await tx.$executeRaw`
    INSERT INTO promo_redemptions (id, promo_code_id, booking_id, user_id, state, quantity, discount_amount, currency)
    SELECT id, "promoCodeId", "bookingId", "userId", state::redemption_state, quantity, discount, currency
    FROM jsonb_to_recordset(${json}::jsonb) AS r (
      id uuid, "promoCodeId" uuid, "bookingId" uuid, "userId" uuid, state text, quantity int, discount bigint, currency text)`;
  return true;
};

/** What becomes of a use: confirmed, given up with its hold, or given back with the money where the code says so. */
type Step = 'redeem' | 'release' | 'restore';

const STEPS = {
  redeem: { from: 'RESERVED', to: 'REDEEMED', reserved: -1, redeemed: 1 },
  release: { from: 'RESERVED', to: 'RELEASED', reserved: -1, redeemed: 0 },
  restore: { from: 'REDEEMED', to: 'RELEASED', reserved: 0, redeemed: -1 },
} as const;

/** Moves the uses of these bookings; those that are not where the step begins stay as they are. */
export const moveUses = async (tx: Transaction, step: Step, bookingIds: readonly string[]): Promise<void> => {
  if (bookingIds.length === 0) return;
  // Events share the platform's codes: in one order, so that two that move several wait and do not deadlock.
  await tx.$executeRaw`
    SELECT 1 FROM promo_codes WHERE id IN (
      SELECT promo_code_id FROM promo_redemptions WHERE booking_id = ANY(${[...bookingIds]}::uuid[]))
    ORDER BY id FOR NO KEY UPDATE`;
  const { from, to, reserved, redeemed } = STEPS[step];
  const moved = await tx.$queryRaw<{ promo_code_id: string; user_id: string; quantity: number }[]>`
    UPDATE promo_redemptions AS r SET state = ${to}::redemption_state, updated_at = now()
    FROM promo_codes AS c
    WHERE c.id = r.promo_code_id AND r.booking_id = ANY(${[...bookingIds]}::uuid[]) AND r.state = ${from}::redemption_state
      AND (${step} <> 'restore' OR c.restore_on_refund)
    RETURNING r.promo_code_id, r.user_id, r.quantity`;
  if (moved.length === 0) return;
  const json = JSON.stringify(moved);
  await tx.$executeRaw`
    UPDATE promo_codes AS c SET reserved = c.reserved + ${reserved}::int * u.quantity, redeemed = c.redeemed + ${redeemed}::int * u.quantity
    FROM (SELECT promo_code_id AS id, sum(quantity)::int AS quantity
          FROM jsonb_to_recordset(${json}::jsonb) AS r (promo_code_id uuid, quantity int) GROUP BY 1) AS u
    WHERE c.id = u.id`;
  await tx.$executeRaw`
    UPDATE promo_user_counters AS c
    SET reserved = c.reserved + ${reserved}::int * u.quantity, redeemed = c.redeemed + ${redeemed}::int * u.quantity
    FROM (SELECT promo_code_id, user_id, sum(quantity)::int AS quantity
          FROM jsonb_to_recordset(${json}::jsonb) AS r (promo_code_id uuid, user_id uuid, quantity int) GROUP BY 1, 2) AS u
    WHERE c.promo_code_id = u.promo_code_id AND c.user_id = u.user_id`;
};

/** @throws CONFLICT when the code is taken */
export const insertPromo = async (tx: Transaction, data: Prisma.PromoCodeUncheckedCreateInput) => {
  try {
    return await tx.promoCode.create({ data });
  } catch (error) {
    if (violatedConstraint(error) === null) throw error;
    throw new AppError('CONFLICT', 'code: is taken.', { issues: [{ path: 'code', message: 'is taken' }] });
  }
};

/** Holds the code against claims until the transaction ends. */
export const lockPromo = async (tx: Transaction, id: string): Promise<void> => {
  await tx.$executeRaw`SELECT 1 FROM promo_codes WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
};

export const updatePromo = (tx: Transaction, id: string, data: Prisma.PromoCodeUncheckedUpdateInput) =>
  tx.promoCode.update({ where: { id }, data });

/** Brings a code's new limit per person to the rows that keep it. */
export const refreshLimits = async (tx: Transaction, id: string): Promise<void> => {
  await tx.$executeRaw`
    UPDATE promo_user_counters AS c
    SET max_uses = (SELECT max_per_user FROM promo_codes WHERE id = ${id}::uuid)
    WHERE promo_code_id = ${id}::uuid`;
};
