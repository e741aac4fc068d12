import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { onToldFacts } from './on-told-fact.ts';
import { bookingRules } from './rules/bookings.ts';
import { chatRules } from './rules/chats.ts';
import { paymentRules } from './rules/payments.ts';
import { subscriptionRules } from './rules/subscriptions.ts';
import { teamRules } from './rules/team.ts';
import { waitlistRules } from './rules/waitlist.ts';

/** The facts that somebody is told of. */
export const intentTopic = (deps: Deps): Topic<Transaction> => ({
  subscribers: [
    ...onToldFacts(deps, [
      ...bookingRules,
      ...waitlistRules,
      ...paymentRules,
      ...subscriptionRules,
      ...teamRules,
      ...chatRules,
    ]),
  ],
});
