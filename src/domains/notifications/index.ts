import type { Domain } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Platform } from '../../platform/platform.ts';
import { byMail } from './delivery/by-mail.ts';
import { byPush } from './delivery/by-push.ts';
import { deliverDueBy } from './delivery/deliver-due.job.ts';
import { listDevices } from './device/list.ts';
import { onSessionEnded } from './device/on-session-ended.ts';
import { registerDevice } from './device/register.ts';
import { unregisterDevice } from './device/unregister.ts';
import { fanOutToMany } from './fan-out/fan-out.job.ts';
import { onEventNews } from './fan-out/on-event-news.ts';
import { onToldFacts } from './intent/on-told-fact.ts';
import { bookingRules } from './intent/rules/bookings.ts';
import { paymentRules } from './intent/rules/payments.ts';
import { subscriptionRules } from './intent/rules/subscriptions.ts';
import { teamRules } from './intent/rules/team.ts';
import { waitlistRules } from './intent/rules/waitlist.ts';
import { counted, created } from './notification/contract.ts';
import { listNotifications } from './notification/list.ts';
import { onNotificationsIntended } from './notification/on-notifications-intended.ts';
import { onNotificationsRead } from './notification/on-notifications-read.ts';
import { readNotifications } from './notification/read.ts';
import { listPreferences } from './preference/list.ts';
import { setPreference } from './preference/set.ts';

/** What this domain stands on. */
type Ground = Pick<Platform, 'clock' | 'database' | 'jobs' | 'mailer' | 'pusher' | 'sockets' | 'subjectKeys'>;

/** What people are told of, once, on the ways they chose. */
export const createNotifications = (ground: Ground): Domain<Transaction> => ({
  name: 'notifications',
  operations: [
    ...[listNotifications(ground), readNotifications(), listPreferences(ground), setPreference()],
    ...[registerDevice(ground), listDevices(ground), unregisterDevice()],
  ],
  signals: [created, counted],
  rooms: [],
  jobs: [deliverDueBy({ ...ground, ways: { EMAIL: byMail(ground), PUSH: byPush(ground) } }), fanOutToMany(ground)],
  subscribers: [
    ...onToldFacts(ground, [...bookingRules, ...waitlistRules, ...paymentRules, ...subscriptionRules, ...teamRules]),
    ...onEventNews(ground),
    onNotificationsIntended(ground),
    onNotificationsRead(ground),
    onSessionEnded(ground),
  ],
});
