import { commit } from '../../../platform/db/commit.ts';
import { isOwnPicture, type Pictured, refuseUnfitPicture } from '../../media/api.ts';
import { eventUpdated } from '../facts.ts';
import { reread } from './advance.steps.ts';
import { setCover } from './contract.ts';
import { updateEvent } from './event.writes.ts';
import { holdSubject } from './lock.steps.ts';
import { canManage, canSeeEvent } from './policy.ts';
import { showEvent } from './present.ts';

/** Chooses the event’s cover among the caller’s pictures. */
export const setEventCover = ({ pictures }: Pictured) =>
  commit(setCover, {
    load: async ({ eventId, assetId }, { tx, actor }) => {
      const subject = await holdSubject(tx, eventId, actor);
      const isOwn = assetId === null || (await isOwnPicture(tx, assetId, actor.userId));
      return subject && { ...subject, isOwn };
    },
    // Of a picture that is somebody else's is not even said that it is there.
    sees: (actor, subject) => canSeeEvent(actor, subject) && subject.isOwn,
    allow: (_actor, { standing }) => canManage(standing),
    run: async ({ eventId, assetId }, { event }, context) => {
      const { tx, actor, now, record, audit } = context;
      if (assetId !== null) await refuseUnfitPicture(tx, { assetId, ownerId: actor.userId, field: 'assetId' });
      await updateEvent(tx, eventId, { coverAssetId: assetId, updatedAt: now });
      if (assetId !== event.coverAssetId) {
        await record(eventUpdated, {
          eventId,
          hostId: event.hostId,
          changed: ['coverAssetId'],
          updatedBy: actor.userId,
        });
      }
      const before = { coverAssetId: event.coverAssetId };
      audit({ targetType: 'event', targetId: eventId, before, after: { coverAssetId: assetId } });
      return showEvent(tx, await reread(tx, eventId, actor), { pictures, now });
    },
  });
