import { invalidField } from '../../../kernel/errors.ts';
import { anyone, nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { isCurrencyInUse } from '../money/currency.reads.ts';
import { add } from './contract.ts';
import { insertPayoutAccount } from './payout-account.writes.ts';
import { presentPayoutAccount } from './present.ts';

/** Keeps a place to send earnings to. The audit hears of the account, never of its details. */
export const addPayoutAccount = ({ subjectKeys }: { subjectKeys: SubjectKeys }) =>
  commit(add, {
    load: nothing,
    allow: anyone,
    run: async (given, _subject, { tx, actor, now, audit }) => {
      if (!(await isCurrencyInUse(tx, given.currency))) throw invalidField('currency', 'is none that is in use here');
      const shown = presentPayoutAccount(
        await insertPayoutAccount(tx, subjectKeys, { ...given, userId: actor.userId, now }),
      );
      audit({ targetType: 'payoutAccount', targetId: shown.id, after: shown });
      return shown;
    },
  });
