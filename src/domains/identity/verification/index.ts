import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { confirmVerification } from './confirm.ts';
import { mailVerificationBy } from './mail.job.ts';
import { onVerificationStarted } from './on-verification-started.ts';
import { startVerification } from './start.ts';

/** Proof that an address is its owner’s. */
export const verificationTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [startVerification(), confirmVerification(deps)],
  jobs: [mailVerificationBy({ ...deps, publicUrl: deps.config.payments.publicUrl })],
  subscribers: [onVerificationStarted(deps)],
});
