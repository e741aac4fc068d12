import { createHash } from 'node:crypto';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { mailAddresses } from '../../identity/api.ts';
import { reachableDevices } from '../device/device.reads.ts';
import { choicesOf } from '../preference/preference.reads.ts';
import { arrivesAlways } from './draft.ts';
import { firstLoudMoment } from './quiet-hours.ts';
import type { Allowed } from './unasked.reads.ts';

type Row = Allowed & { id: string };

/** Where somebody is reached outside of the app. */
interface Endpoint {
  channel: 'EMAIL' | 'PUSH';
  endpointHash: string;
  deviceTokenId: string | null;
}

interface Reachable {
  timeZone: string;
  endpoints: Endpoint[];
}

/** How each notification travels: into the inbox, and to every endpoint of a channel that its person did not turn off. */
export const deliveriesOf = async (tx: Transaction, rows: Row[], now: Date) => {
  const userIds = [...new Set(rows.map(({ userId }) => userId))];
  const [choices, people] = await Promise.all([choicesOf(tx, userIds), reachable(tx, userIds, now)]);
  return rows.flatMap(({ id, userId, category, isInboxOnly }) => {
    const { timeZone, endpoints } = people.get(userId) ?? { timeZone: 'UTC', endpoints: [] };
    const outside = (isInboxOnly ? [] : endpoints).flatMap((endpoint) => {
      const choice = arrivesAlways(category) ? undefined : choices.get(`${userId}/${category}/${endpoint.channel}`);
      if (choice?.isEnabled === false) return [];
      const nextAttemptAt = firstLoudMoment(now, timeZone, choice?.quietHours ?? null);
      return [{ id: newId(), notificationId: id, ...endpoint, nextAttemptAt }];
    });
    const inApp = { channel: 'IN_APP', status: 'SENT', sentAt: now } as const;
    return [{ id: newId(), notificationId: id, ...inApp }, ...outside];
  });
};

const mailbox = (email: string): Endpoint => {
  const endpointHash = createHash('sha256').update(email).digest('hex');
  return { channel: 'EMAIL', endpointHash, deviceTokenId: null };
};

/** Open accounts only, and mail only for proved addresses. */
const reachable = async (tx: Transaction, userIds: string[], now: Date): Promise<Map<string, Reachable>> => {
  const [addresses, devices] = await Promise.all([mailAddresses(tx, userIds), reachableDevices(tx, userIds, now)]);
  const people = new Map<string, Reachable>();
  for (const [userId, { email, timeZone }] of addresses) {
    people.set(userId, { timeZone, endpoints: email === null ? [] : [mailbox(email)] });
  }
  for (const { id, userId, tokenHash } of devices) {
    people.get(userId)?.endpoints.push({ channel: 'PUSH', endpointHash: tokenHash, deviceTokenId: id });
  }
  return people;
};
