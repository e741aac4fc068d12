import { type Domain, joinTopics } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Deps } from './deps.ts';
import { liveTopic } from './live/index.ts';
import { pollTopic } from './poll/index.ts';
import { questionTopic } from './question/index.ts';

/** Applause, polls, questions and order on the stage of an event. */
export const createLive = (deps: Deps): Domain<Transaction> =>
  joinTopics('live', [liveTopic(deps), pollTopic(deps), questionTopic(deps)]);
