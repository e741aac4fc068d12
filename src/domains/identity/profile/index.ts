import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { findProfiles } from './find.ts';
import { getProfile } from './get.ts';
import { showMe } from './me.ts';
import { onMediaDeleted } from './on-media-deleted.ts';
import { searchProfiles } from './search.ts';
import { setOwnAvatar } from './set-avatar.ts';
import { setOwnCover } from './set-cover.ts';
import { updateOwnProfile } from './update.ts';

/** The profile that a person shows to others. */
export const profileTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [
    showMe(deps),
    updateOwnProfile(deps),
    setOwnAvatar(deps),
    setOwnCover(deps),
    findProfiles(deps),
    getProfile(deps),
    searchProfiles(deps),
  ],
  subscribers: [onMediaDeleted(deps)],
});
