import { anyone, nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { dropBilling, keepBilling } from './billing.writes.ts';
import { set } from './contract.ts';

/** Keeps who stands on the caller's invoices. The audit hears that it was set, never what to. */
export const setOwnBilling = ({ subjectKeys }: { subjectKeys: Pick<SubjectKeys, 'encryptFor'> }) =>
  commit(set, {
    load: nothing,
    allow: anyone,
    run: async ({ billing }, _subject, { tx, actor: { userId }, now, audit }) => {
      if (billing === null) await dropBilling(tx, userId);
      else await keepBilling(tx, subjectKeys, { userId, billing, now });
      audit({ targetType: 'billing', targetId: userId, after: { isGiven: billing !== null } });
      return { billing };
    },
  });
