import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { fanOutToMany } from './fan-out.job.ts';
import { onEventNews } from './on-event-news.ts';

/** News for many people. */
export const fanOutTopic = (deps: Deps): Topic<Transaction> => ({
  jobs: [fanOutToMany(deps)],
  subscribers: [...onEventNews(deps)],
});
