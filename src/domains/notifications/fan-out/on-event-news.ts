import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Jobs } from '../../../platform/jobs/jobs.ts';
import { eventPostponed, eventRescheduled, updatePublished } from '../../events/facts.ts';
import { titleOf } from '../intent/rule.ts';
import { fanOut } from './fan-out.job.ts';
import { type FanOut, planFanOut } from './fan-out.writes.ts';

interface Deps {
  database: Database;
  jobs: Jobs;
}

const plan = async ({ database, jobs }: Deps, planned: FanOut): Promise<void> => {
  await boundTransaction(database, (tx) => planFanOut(tx, planned));
  await jobs.later(fanOut, {}, { id: 'next' });
};

/** What everyone with a ticket must know of their event. Its cancellation reaches them through their bookings. */
export const onEventNews = (deps: Deps): Subscriber[] => [
  subscribe({
    name: 'notifications.fanOutPostponed',
    fact: eventPostponed,
    run: async ({ eventId, hostId, note }, factId) =>
      plan(deps, {
        eventId,
        audience: 'EVENT_PARTICIPANTS',
        type: 'EVENT_UPDATED',
        title: `Postponed: ${await titleOf(deps.database, eventId)}`,
        message: note ?? 'The hosts will name a new date. Your booking stays.',
        data: { eventId },
        dedupeKey: `event-postponed:${factId}`,
        createdById: hostId,
      }),
  }),
  subscribe({
    name: 'notifications.fanOutRescheduled',
    fact: eventRescheduled,
    run: async ({ eventId, hostId, startDate }, factId) =>
      plan(deps, {
        eventId,
        audience: 'EVENT_PARTICIPANTS',
        type: 'EVENT_UPDATED',
        title: `New date: ${await titleOf(deps.database, eventId)}`,
        message: `It now begins at ${startDate}. Your booking stays, and its tickets have new codes: open them again. If the date does not suit you, you may give them back.`,
        data: { eventId },
        dedupeKey: `event-rescheduled:${factId}`,
        createdById: hostId,
      }),
  }),
  subscribe({
    name: 'notifications.fanOutUpdate',
    fact: updatePublished,
    run: async ({ eventId, updateId, authorId, audience, title }) => {
      if (audience === 'STAFF') return;
      await plan(deps, {
        eventId,
        audience: audience === 'WAITLIST' ? 'EVENT_WAITLIST' : 'EVENT_PARTICIPANTS',
        type: 'EVENT_UPDATED',
        title: `${await titleOf(deps.database, eventId)}: ${title}`,
        message: 'The hosts wrote something about your event.',
        data: { eventId, updateId },
        dedupeKey: `event-update:${updateId}`,
        createdById: authorId,
      });
    },
  }),
];
