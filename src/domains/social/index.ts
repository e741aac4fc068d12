import { type Domain, joinTopics } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import { chatTopic } from './chat/index.ts';
import type { Deps } from './deps.ts';
import { friendshipTopic } from './friendship/index.ts';
import { postTopic } from './post/index.ts';
import { presenceTopic } from './presence/index.ts';
import { storyTopic } from './story/index.ts';

/** Everything that people say to each other. */
export const createSocial = (deps: Deps): Domain<Transaction> =>
  joinTopics('social', [
    chatTopic(deps),
    friendshipTopic(deps),
    presenceTopic(deps),
    postTopic(deps),
    storyTopic(deps),
  ]);
