import type { CommissionScope } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** Whether there is such an event, host or category, and such a currency. */
export const commissionGround = async (
  reader: Reader,
  { scope, targetId, currency }: { scope: CommissionScope; targetId: string | null; currency: string },
): Promise<{ hasTarget: boolean; hasCurrency: boolean }> => {
  const [row] = await reader.$queryRaw<{ hasTarget: boolean; hasCurrency: boolean }[]>`
    SELECT CASE ${scope}
        WHEN 'EVENT' THEN EXISTS (SELECT FROM events WHERE id = ${targetId}::uuid)
        WHEN 'HOST' THEN EXISTS (SELECT FROM users WHERE id = ${targetId}::uuid)
        WHEN 'CATEGORY' THEN EXISTS (SELECT FROM event_categories WHERE id = ${targetId}::uuid)
        ELSE true END AS "hasTarget",
      EXISTS (SELECT FROM currencies WHERE code = ${currency} AND is_active) AS "hasCurrency"`;
  return row ?? { hasTarget: false, hasCurrency: false };
};
