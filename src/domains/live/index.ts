import { type Domain, joinTopics } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Deps } from './deps.ts';
import { liveTopic } from './live/index.ts';
import { pollTopic } from './poll/index.ts';
import { questionTopic } from './question/index.ts';

/** What happens on the stage of an event while people watch. */
export const createLive = (deps: Deps): Domain<Transaction> =>
  joinTopics('live', [liveTopic(deps), pollTopic(deps), questionTopic(deps)]);
