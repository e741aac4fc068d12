import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { byMail } from './by-mail.ts';
import { byPush } from './by-push.ts';
import { deliverDueBy } from './deliver-due.job.ts';

/** Mails and pushes on their way. */
export const deliveryTopic = (deps: Deps): Topic<Transaction> => ({
  jobs: [deliverDueBy({ ...deps, ways: { EMAIL: byMail(deps), PUSH: byPush(deps) } })],
});
