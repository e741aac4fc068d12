import type { PaymentProvider } from '../../../generated/prisma/enums.ts';
import { LONG_BOUNDS } from '../../../platform/db/bound-transaction.ts';
import { type TransactionDeps, transact } from '../../../platform/db/transact.ts';
import type { Applying } from './applying.steps.ts';

/** `transact` for what a provider says or is asked: after the provider was called, never around the call. */
export const inTransaction = <T>(
  deps: TransactionDeps,
  provider: PaymentProvider,
  run: (applying: Applying) => Promise<T>,
): Promise<T> => transact(deps, (transacting) => run({ ...transacting, provider }), LONG_BOUNDS);
