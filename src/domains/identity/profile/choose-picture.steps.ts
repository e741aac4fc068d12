import type { Actor } from '../../../kernel/actor.ts';
import type { AuditEntry } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { isOwnPicture, type Pictured, refuseUnfitPicture } from '../../media/api.ts';
import { openPhone } from './phone.reads.ts';
import { findOwnAccount, presentProfile } from './profile.reads.ts';
import { setPictures } from './profile.writes.ts';

/** What choosing a picture for a profile stands on. */
export interface ChoosingDeps extends Pictured {
  subjectKeys: Pick<SubjectKeys, 'decryptFor'>;
}

interface Context {
  tx: Transaction;
  actor: Actor;
  now: Date;
  audit: (entry: AuditEntry) => void;
}

/** The caller’s account; null, as if it were not there, when the picture is somebody else’s. */
export const findChooser = async (
  { assetId }: { assetId: string | null },
  { tx, actor: { userId } }: Pick<Context, 'tx' | 'actor'>,
) => {
  if (assetId !== null && !(await isOwnPicture(tx, assetId, userId))) return null;
  return findOwnAccount(tx, userId);
};

type Chooser = NonNullable<Awaited<ReturnType<typeof findChooser>>>;

interface Choice {
  place: 'avatarAssetId' | 'coverAssetId';
  assetId: string | null;
}

/**
 * Shows a picture of the caller’s in one place of their profile, or none.
 * @throws CONFLICT for one that is not fit to be shown
 */
export const choosePicture = async (
  { place, assetId }: Choice,
  { profile }: Chooser,
  { tx, actor: { userId }, now, audit, pictures, subjectKeys }: Context & ChoosingDeps,
) => {
  if (assetId !== null) await refuseUnfitPicture(tx, { assetId, ownerId: userId, field: 'assetId' });
  const previous = place === 'avatarAssetId' ? profile.avatarAsset : profile.coverAsset;
  await setPictures(tx, { userId, profile, change: { [place]: assetId }, now });
  audit({
    targetType: 'profile',
    targetId: userId,
    before: { [place]: previous?.id ?? null },
    after: { [place]: assetId },
  });
  const account = await findOwnAccount(tx, userId);
  if (!account) throw new Error(`the profile of ${userId} was changed and is not there`);
  const phone = await openPhone(subjectKeys, tx, account);
  return { ...presentProfile(account.profile, { pictures, now }), phone, timeZone: account.timeZone };
};
