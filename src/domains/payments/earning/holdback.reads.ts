import { z } from 'zod';
import type { Transaction } from '../../../platform/db/client.ts';

/** Days after the end of an event in which its earnings stay pending, unless the setting says otherwise. */
export const HOLDBACK_DAYS = 7;

const Days = z.int().min(0).max(365);

/** Days between an event's end and the release of what it earned: the setting `payouts.holdbackDays`. */
export const findHoldbackDays = async (reader: Pick<Transaction, 'systemSetting'>): Promise<number> => {
  const row = await reader.systemSetting.findUnique({
    where: { key: 'payouts.holdbackDays' },
    select: { value: true },
  });
  return Days.safeParse(row?.value).data ?? HOLDBACK_DAYS;
};
