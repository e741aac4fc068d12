import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database } from '../../../platform/db/client.ts';
import { intend } from './intend.writes.ts';
import type { Rule } from './rule.ts';

interface Deps {
  database: Database;
  clock: Clock;
}

/** One subscriber a rule: repeats of a fact tell nobody twice, for what is told is keyed. */
export const onToldFacts = ({ database, clock }: Deps, rules: readonly Rule[]): Subscriber[] =>
  rules.map(({ fact, drafts }) =>
    subscribe({
      name: `notifications.tell/${fact.name}`,
      fact,
      run: async (payload, factId) => {
        const told = await drafts(payload, { database, factId });
        if (told.length === 0) return;
        await boundTransaction(database, (tx) => intend(tx, told, clock.now()));
      },
    }),
  );
