import type { Upkeep } from '../../kernel/upkeep.ts';

/** Says why files are not purged by age. */
export const mediaUpkeep: Upkeep = {
  notPurged: { media_assets: 'the bytes go first: the sweep of this domain deletes both' },
};
