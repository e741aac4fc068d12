import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { type TransactionDeps, transact } from '../../../platform/db/transact.ts';
import { intend } from './intend.writes.ts';
import type { Rule } from './rule.ts';

/** One subscriber a rule: repeats of a fact tell nobody twice, for what is told is keyed. */
export const onToldFacts = (deps: TransactionDeps, rules: readonly Rule[]): Subscriber[] =>
  rules.map(({ fact, drafts }) =>
    subscribe({
      name: `notifications.tell/${fact.name}`,
      fact,
      run: async (payload, factId) => {
        const told = await drafts(payload, { database: deps.database, factId, now: deps.clock.now() });
        if (told.length === 0) return;
        await transact(deps, ({ tx, now }) => intend(tx, told, now));
      },
    }),
  );
