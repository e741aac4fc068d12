import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import { PushBusy, type Pusher, PushGone, type PushMessage, PushRefused } from '../../../platform/push/pusher.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { subscriptionOf } from '../device/device.reads.ts';
import { invalidateDevice } from '../device/device.writes.ts';
import type { Told } from './relevance.reads.ts';
import { asError, type Outcome, type Way } from './way.ts';

/** News that reaches a device later than this says nothing new to anybody: it is in the inbox. */
const MAX_TTL_SECONDS = 3 * 24 * 60 * 60;
/** What is longer is cut: push services take 3,993 bytes, and the whole text is in the inbox. */
const MAX_TITLE_LENGTH = 150;
const MAX_MESSAGE_LENGTH = 600;

interface Deps {
  database: Database;
  clock: Clock;
  subjectKeys: Pick<SubjectKeys, 'decryptFor'>;
  /** Null where nothing is pushed. */
  pusher: Pusher | null;
}

/** Web Push. A repeat has the same topic, and replaces what the push service has not handed over yet. */
export const byPush =
  ({ database, clock, subjectKeys, pusher }: Deps): Way =>
  async (told, { deviceTokenId: deviceId }) => {
    const now = clock.now();
    if (!pusher || !deviceId) return { kind: 'NOBODY' };
    const to = await subscriptionOf(database, subjectKeys, { deviceId, userId: told.userId, now });
    if (!to) return { kind: 'NOBODY' };
    try {
      await pusher.send(to, pushMessage(told, now));
      return { kind: 'SENT' };
    } catch (thrown) {
      if (thrown instanceof PushGone) await invalidateDevice(database, { deviceId, triedAt: now });
      return outcomeOf(asError(thrown));
    }
  };

const outcomeOf = (error: Error): Outcome => {
  if (error instanceof PushRefused) return { kind: 'REFUSED', error };
  if (error instanceof PushBusy) return { kind: 'FAILED', error, retryAfterMs: error.retryAfterMs };
  return { kind: 'FAILED', error };
};

/** What a browser gets. `id` is the tag it should show it under, so that a repeat replaces what is shown. */
const pushMessage = (told: Told, now: Date): PushMessage => {
  const { id, type, category, priority, data, expiresAt } = told;
  const title = told.title.slice(0, MAX_TITLE_LENGTH);
  const message = told.message.slice(0, MAX_MESSAGE_LENGTH);
  const secondsLeft = expiresAt ? Math.floor((expiresAt.getTime() - now.getTime()) / 1_000) : MAX_TTL_SECONDS;
  return {
    topic: topicOf(id),
    text: JSON.stringify({ id, type, category, title, message, data }),
    ttlSeconds: Math.max(0, Math.min(MAX_TTL_SECONDS, secondsLeft)),
    isUrgent: priority === 'HIGH' || priority === 'URGENT',
  };
};

/** There is one notification for a person and dedupe key, so its id stands for both; as a topic it is 22 characters. */
const topicOf = (id: string): string => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
