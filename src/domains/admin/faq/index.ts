import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { searchFaqs } from './search.ts';

/** Answers to questions that are asked often. */
export const faqTopic = (deps: Deps): Topic<Transaction> => ({ operations: [searchFaqs(deps)] });
