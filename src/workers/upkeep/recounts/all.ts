import type { Recount } from '../../../platform/upkeep/recount.ts';
import { eventRecounts } from './events.ts';
import { moneyRecounts } from './money.ts';
import { peopleRecounts } from './people.ts';
import { socialRecounts } from './social.ts';

/** Everything that is kept beside its source, in the order in which it is compared. */
export const recounts: Recount[] = [...moneyRecounts, ...eventRecounts, ...peopleRecounts, ...socialRecounts];

/** What the schema says is kept and this list leaves out, and why. */
export const notRecounted: Record<string, string> = {
  'events.price': 'the host’s word, shown as the lowest price; not a sum',
  check_in_outcomes: 'rewritten from all scans by every fold of its own domain',
  admission_states: 'rewritten from all scans by every fold of its own domain',
  'user_achievements.progress': 'recomputed from the facts whenever one of them counts',
  streaks: 'recomputed from the facts whenever one of them counts',
  'trust_scores.strikes': 'depends on the time at which it is read; recomputed from the actions with every decision',
  dashboard_stats: 'computed anew by its own job',
  'payments.captured_amount': 'filled from the amount by a trigger; the provider’s word afterwards',
  'ledger_entries.balance_after': 'append-only, and compared as the sum of the account',
};
