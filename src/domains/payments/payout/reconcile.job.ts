import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { type Asking, eachAlone } from '../applying/each-alone.ts';
import { inTransaction } from '../applying/in-transaction.steps.ts';
import { noteBreak } from '../break/break.writes.ts';
import { hasMassRefund } from '../earning/due.reads.ts';
import { blockedBy } from '../payout-account/gate.rules.ts';
import { findPayoutAccount } from '../payout-account/payout-account.reads.ts';
import { providerOf } from '../provider/providers.rules.ts';
import { forgottenPayouts, heldPayouts, payoutsToAskAbout } from './due.reads.ts';
import { resumePayout } from './hold.writes.ts';
import { moveTransfer } from './move.writes.ts';
import type { PayoutRow } from './payout.reads.ts';
import { submitPayout } from './submit.job.ts';
import { markUnknown, noteAsked, tryAnew } from './submitting.writes.ts';
import { keyOf } from './told.rules.ts';

const reconcile = job({
  name: 'payout.reconcile',
  summary: 'Finds out what became of payouts whose provider did not say, and lets go what is held no longer.',
  payload: z.object({}),
  everyMs: 30_000,
});

/**
 * A call that is under way may still take effect after the provider was asked: what it does not have is proved absent only
 * this long after it was submitted. Calls are begun within 30 s and end within 30 s more.
 */
const ABSENT_AFTER_MS = 5 * 60_000;
/** A transfer that was acknowledged, and is nowhere to be found for so long, is a difference. */
const MISSED_AFTER_MS = 24 * 3_600_000;

/** No payout rests for ever, and none is sent twice: each turn asks, and only what is proved absent is sent anew. */
export const reconcilePayouts = (asking: Asking & { subjectKeys: SubjectKeys }): JobHandler =>
  jobHandler({
    contract: reconcile,
    run: async () => {
      const { database, clock, jobs, providers } = asking;
      const names = [...providers.keys()];
      const now = clock.now();
      await eachAlone(asking, await payoutsToAskAbout(database, now, names), (payout) => ask(asking, payout));
      await eachAlone(asking, await heldPayouts(database, now), (payout) => letGo(asking, payout));
      await eachAlone(asking, await forgottenPayouts(database, now, names), ({ id: payoutId }) =>
        jobs.later(submitPayout, { payoutId }, { id: payoutId }),
      );
    },
  });

const ask = async (asking: Asking, payout: PayoutRow): Promise<void> => {
  const key = keyOf(payout);
  const found = await providerOf(asking.providers, payout.provider).findTransfer(key);
  if (found === null) return absent(asking, payout);
  await inTransaction(asking, payout.provider, async (applying) => {
    const { status } = await moveTransfer(applying, { ...found, key });
    if (status !== 'PROCESSED') await noteAsked(applying, payout.id);
  });
};

const absent = (asking: Asking, payout: PayoutRow): Promise<void> =>
  inTransaction(asking, payout.provider, async (applying) => {
    const { now } = applying;
    const sinceMs = now.getTime() - (payout.submittedAt ?? payout.createdAt).getTime();
    if (payout.status === 'SUBMITTING') return markUnknown(applying, payout);
    if (payout.status === 'UNKNOWN') {
      if (sinceMs < ABSENT_AFTER_MS) return noteAsked(applying, payout.id);
      await tryAnew(applying, payout);
      return;
    }
    if (sinceMs > MISSED_AFTER_MS) await noteMissing(applying, payout);
    await noteAsked(applying, payout.id);
  });

const noteMissing = ({ tx, provider, now }: Parameters<typeof tryAnew>[0], payout: PayoutRow): Promise<void> =>
  noteBreak(tx, {
    ...{ provider, now, kind: 'MISSING_THERE', expectedMinor: payout.amount, currency: payout.currency },
    reference: payout.providerPayoutId ?? keyOf(payout),
    reason: `payout ${keyOf(payout)}: the provider does not know it any more`,
  });

type Held = Awaited<ReturnType<typeof heldPayouts>>[number];

/** What the platform held goes on when the reason is gone; when it is submitted it is asked once more. */
const letGo = async (asking: Asking, { id, hostId, accountId }: Held): Promise<void> => {
  const { database, clock } = asking;
  const account = await findPayoutAccount(database, accountId);
  const gate = account && { ...account, hasMassRefund: await hasMassRefund(database, hostId) };
  const isBlocked = gate === null || blockedBy(gate, clock.now()) !== null;
  await inTransaction(asking, 'INTERNAL', async (applying) => {
    if (isBlocked) await noteAsked(applying, id);
    else await resumePayout(applying, id, applying.now);
  });
};
