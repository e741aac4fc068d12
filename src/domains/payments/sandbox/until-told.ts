import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/db/client.ts';
import { findByProviderRef } from '../payment/payment.reads.ts';
import type { SandboxPayment } from './document.rules.ts';
import type { SandboxStore } from './sandbox.store.ts';

/** The sandbox is told of a payment a moment after its payer is sent here. */
const WAIT_MS = 100;
const MAX_WAITS = 30;

interface Knowing {
  store: SandboxStore;
  database: Pick<Database, 'payment'>;
}

/**
 * A payment of the sandbox, waited for where it is ours and the sandbox may not have been told of it yet. What nobody opened is
 * answered at once.
 * @throws OVERLOADED, to be tried again, when the sandbox has not been told in time
 */
export const untilTold = async ({ store, database }: Knowing, ref: string): Promise<SandboxPayment | null> => {
  const known = await store.payment(ref);
  if (known !== null) return known;
  if ((await findByProviderRef(database, 'SANDBOX', ref)) === null) return null;
  for (let wait = 0; wait < MAX_WAITS; wait += 1) {
    await pause(WAIT_MS);
    const told = await store.payment(ref);
    if (told !== null) return told;
  }
  const details = { retryAfterMs: MAX_WAITS * WAIT_MS };
  throw new AppError('OVERLOADED', 'The sandbox has not been told of this payment yet: try again.', details);
};
