import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { policiesOf } from './cancellation-policy.reads.ts';
import { list } from './contract.ts';
import { showPolicy } from './present.ts';

/** The policies the caller may choose from. */
export const listPolicies = ({ database }: { database: Pick<Database, 'cancellationPolicy'> }) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async (_input, _subject, { actor }) => ({
      items: (await policiesOf(database, actor.userId)).map(showPolicy),
    }),
  });
