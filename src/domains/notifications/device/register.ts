import { ECDH } from 'node:crypto';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import { anyone, nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Pusher } from '../../../platform/push/pusher.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { register } from './contract.ts';
import { deviceById, showDevice } from './device.reads.ts';
import { saveDevice } from './device.writes.ts';

interface Deps {
  subjectKeys: SubjectKeys;
  /** Null where nothing is pushed. */
  pusher: Pick<Pusher, 'objectionTo'> | null;
}

/** Makes a device the caller's, for as long as the session lasts. */
export const registerDevice = ({ subjectKeys, pusher }: Deps) =>
  commit(register, {
    load: nothing,
    allow: anyone,
    run: async ({ platform, provider, subscription, appVersion, locale }, _subject, { tx, actor, now, audit }) => {
      if (!pusher) throw new AppError('CONFLICT', 'This installation pushes nothing: it has no VAPID key.');
      const objection = pusher.objectionTo(subscription.endpoint);
      if (objection) throw invalidField('subscription.endpoint', objection);
      if (!isPublicKey(subscription.keys.p256dh))
        throw invalidField('subscription.keys.p256dh', 'is no point of P-256');
      const { userId, sessionId } = actor;
      const device = { platform, subscription, appVersion: appVersion ?? null, locale: locale ?? null };
      const id = await saveDevice(tx, subjectKeys, { userId, sessionId, ...device, now });
      audit({ targetType: 'device', targetId: id, after: { platform, provider } });
      return showDevice(await deviceById(tx, id), sessionId);
    },
  });

const isPublicKey = (p256dh: string): boolean => {
  try {
    ECDH.convertKey(Buffer.from(p256dh, 'base64url'), 'prime256v1');
    return true;
  } catch {
    return false;
  }
};
