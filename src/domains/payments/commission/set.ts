import { isAdmin } from '../../../kernel/actor.ts';
import type { InputOf } from '../../../kernel/contract.ts';
import { invalidField } from '../../../kernel/errors.ts';
import { nothing } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { commit } from '../../../platform/db/commit.ts';
import { beginningOf, endOf } from '../period.rules.ts';
import { startCommission } from './commission.writes.ts';
import { set } from './contract.ts';
import { presentCommission } from './present.ts';
import { commissionGround } from './target.reads.ts';

/** Brings a commission rule into force; the one before ends then. */
export const setCommission = () =>
  commit(set, {
    load: nothing,
    allow: isAdmin,
    run: async (input, _subject, { tx, actor, now, audit }) => {
      await refuseWrong(tx, input);
      const startsAt = beginningOf(input.startsAt, now);
      const { started, ended } = await startCommission(tx, {
        scope: input.scope,
        targetId: input.targetId,
        payer: input.payer,
        rateBasisPoints: input.rateBasisPoints,
        fixedAmount: BigInt(input.fixedMinor),
        minAmount: BigInt(input.minMinor),
        maxAmount: input.maxMinor === null ? null : BigInt(input.maxMinor),
        currency: input.currency,
        startsAt,
        endsAt: endOf(input.endsAt, startsAt),
        createdById: actor.userId,
      });
      const shown = presentCommission(started);
      const before = ended === null ? null : presentCommission(ended);
      audit({ targetType: 'commission', targetId: started.id, before, after: shown });
      return shown;
    },
  });

const refuseWrong = async (tx: Transaction, input: InputOf<typeof set>): Promise<void> => {
  const { scope, targetId, minMinor, maxMinor } = input;
  if ((scope === 'GLOBAL') !== (targetId === null)) {
    throw invalidField(
      'targetId',
      scope === 'GLOBAL' ? 'a GLOBAL rule has none' : `names what a ${scope} rule is about`,
    );
  }
  if (maxMinor !== null && maxMinor < minMinor) throw invalidField('maxMinor', 'must not be below minMinor');
  const { hasTarget, hasCurrency } = await commissionGround(tx, input);
  if (!hasTarget) throw invalidField('targetId', 'is nothing that exists');
  if (!hasCurrency) throw invalidField('currency', 'is none that is in use here');
};
