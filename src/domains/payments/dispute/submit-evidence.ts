import { AppError } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { evidenceGiven } from '../facts.ts';
import { partiesOf } from '../refund/parties.rules.ts';
import { submitEvidence } from './contract.ts';
import { findDispute } from './dispute.reads.ts';
import { keepEvidence } from './evidence.writes.ts';
import { canAnswerDispute } from './policy.ts';
import { presentDispute } from './present.ts';

/** Writes evidence down; the fact has it handed to the provider. */
export const submitDisputeEvidence = () =>
  commit(submitEvidence, {
    load: ({ disputeId }, { tx }) => findDispute(tx, disputeId),
    sees: (actor, { payment }) => canAnswerDispute(actor, partiesOf(payment)),
    allow: anyone,
    run: async ({ disputeId, evidence }, dispute, { tx, record, audit }) => {
      // What was not said is no field of the evidence.
      const said = Object.entries(evidence).filter((field): field is [string, string] => field[1] !== undefined);
      if (!(await keepEvidence(tx, disputeId, Object.fromEntries(said)))) {
        throw new AppError('CONFLICT', 'This dispute is over, or has evidence already.');
      }
      await record(evidenceGiven, { disputeId });
      audit({ targetType: 'dispute', targetId: disputeId, before: { status: dispute.status } });
      return presentDispute((await findDispute(tx, disputeId)) ?? dispute);
    },
  });
