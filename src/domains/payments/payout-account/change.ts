import { invalidField } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { change } from './contract.ts';
import { lockPayoutAccount } from './lock.writes.ts';
import { replaceDetails } from './payout-account.writes.ts';
import { isOwnUsable } from './policy.ts';
import { presentPayoutAccount } from './present.ts';

/** Puts other details in place; from then on the account has to be verified anew, and cools down. */
export const changePayoutAccount = ({ subjectKeys }: { subjectKeys: SubjectKeys }) =>
  commit(change, {
    load: ({ payoutAccountId }, { tx }) => lockPayoutAccount(tx, payoutAccountId),
    sees: isOwnUsable,
    allow: anyone,
    run: async ({ holderName, details }, account, { tx, now, audit }) => {
      if (details.kind !== account.kind) throw invalidField('details.kind', `is ${account.kind} and stays so`);
      const { id, userId } = account;
      const given = { id, userId, holderName, details, now };
      const shown = presentPayoutAccount(await replaceDetails(tx, subjectKeys, given));
      audit({ targetType: 'payoutAccount', targetId: id, before: presentPayoutAccount(account), after: shown });
      return shown;
    },
  });
