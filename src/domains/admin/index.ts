import { type Domain, joinTopics } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Deps } from './deps.ts';
import { faqTopic } from './faq/index.ts';

/** The running of the platform itself. */
export const createAdmin = (deps: Deps): Domain<Transaction> => joinTopics('admin', [faqTopic(deps)]);
