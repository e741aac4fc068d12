import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { billingOf } from './billing.reads.ts';
import { get } from './contract.ts';

interface Deps {
  database: Database;
  subjectKeys: Pick<SubjectKeys, 'decryptFor'>;
}

/** The name and address that stand on the caller's invoices. */
export const getOwnBilling = ({ database, subjectKeys }: Deps) =>
  handle(get, {
    load: nothing,
    allow: anyone,
    run: async (_input, _subject, { actor }) => ({ billing: await billingOf(database, subjectKeys, actor.userId) }),
  });
