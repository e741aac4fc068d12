import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { eventUpdated } from '../facts.ts';
import { type Committing, reread } from './advance.ts';
import { setCover } from './contract.ts';
import { findOwnAsset } from './event.reads.ts';
import { updateEvent } from './event.writes.ts';
import { holdSubject } from './hold.ts';
import { canManage } from './policy.ts';
import { showEvent } from './show.ts';

/** Chooses the event’s cover among the caller’s pictures. */
export const setEventCover = () =>
  commit(setCover, {
    load: async ({ eventId, assetId }, { tx, actor }) => {
      const subject = await holdSubject(tx, eventId, actor);
      if (!subject || assetId === null) return subject;
      // Of a picture that is somebody else's is not even said that it is there.
      return (await findOwnAsset(tx, assetId, actor.userId)) && subject;
    },
    allow: (_actor, { standing }) => canManage(standing),
    run: async ({ eventId, assetId }, { event }, context) => {
      const { tx, actor, now, record, audit } = context;
      if (assetId !== null) await refuseUnfit(context, assetId);
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
      return showEvent(tx, await reread(tx, eventId, actor));
    },
  });

/** @throws CONFLICT for what is no picture, not there yet, or not found clean */
const refuseUnfit = async ({ tx, actor }: Pick<Committing, 'tx' | 'actor'>, assetId: string): Promise<void> => {
  const asset = await findOwnAsset(tx, assetId, actor.userId);
  if (asset?.kind !== 'IMAGE') throw new AppError('CONFLICT', 'assetId: A cover is a picture.');
  if (asset.status === 'READY' && asset.scanState === 'CLEAN') return;
  throw new AppError(
    'CONFLICT',
    `assetId: The picture is ${asset.status} and ${asset.scanState}; it must be READY and CLEAN.`,
  );
};
