import { type Domain, joinTopics } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Deps } from './deps.ts';
import { mediaTopic } from './media/index.ts';
import { processingTopic } from './processing/index.ts';
import { upkeepTopic } from './upkeep/index.ts';

/** Pictures that people upload. */
export const createMedia = (
  platform: Omit<Deps, 'fileColumns'>,
  fileColumns: Deps['fileColumns'],
): Domain<Transaction> => {
  const deps = { ...platform, fileColumns };
  return joinTopics('media', [mediaTopic(deps), processingTopic(deps), upkeepTopic(deps)]);
};
