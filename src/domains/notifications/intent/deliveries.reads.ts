import { createHash } from 'node:crypto';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { mailAddresses } from '../../identity/api.ts';
import { reachableDevices } from '../device/device.reads.ts';
import type { Channel, Choice } from '../preference/preference.reads.ts';
import { arrivesAlways } from './draft.rules.ts';
import { firstLoudMoment } from './quiet-hours.rules.ts';
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

/** What people chose, by `userId/category/channel`. */
type Choices = ReadonlyMap<string, Choice>;

/** Their choice, where they have one: some categories arrive whatever was chosen. */
const choiceOf = (choices: Choices, { userId, category }: Pick<Row, 'userId' | 'category'>, channel: Channel) =>
  arrivesAlways(category) ? undefined : choices.get(`${userId}/${category}/${channel}`);

/** Whether its person did not turn this way off. */
export const isWanted = (choices: Choices, row: Pick<Row, 'userId' | 'category'>, channel: Channel): boolean =>
  choiceOf(choices, row, channel)?.isEnabled !== false;

/** How each notification travels: into the inbox, and to every endpoint, by the ways that its person did not turn off. */
export const deliveriesOf = async (tx: Transaction, rows: Row[], { choices, now }: { choices: Choices; now: Date }) => {
  const people = await reachable(tx, [...new Set(rows.map(({ userId }) => userId))], now);
  return rows.flatMap((row) => {
    const { timeZone, endpoints } = people.get(row.userId) ?? { timeZone: 'UTC', endpoints: [] };
    const outside = (row.isInboxOnly ? [] : endpoints).flatMap((endpoint) => {
      if (!isWanted(choices, row, endpoint.channel)) return [];
      const quietHours = choiceOf(choices, row, endpoint.channel)?.quietHours ?? null;
      const nextAttemptAt = firstLoudMoment(now, timeZone, quietHours);
      return [{ id: newId(), notificationId: row.id, ...endpoint, nextAttemptAt }];
    });
    if (!isWanted(choices, row, 'IN_APP')) return outside;
    const inApp = { channel: 'IN_APP', status: 'SENT', sentAt: now } as const;
    return [{ id: newId(), notificationId: row.id, ...inApp }, ...outside];
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
