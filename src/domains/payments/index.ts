import type { Domain } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import { type FlowGround, openFlow } from './flow.ts';

/** What this domain stands on. */
type Ground = FlowGround;

/** Money: how it comes in, how it goes back, and what the books say of it. */
export const createPayments = (ground: Ground): Domain<Transaction> => {
  const flow = openFlow(ground);
  return {
    name: 'payments',
    operations: [...flow.operations],
    signals: [...flow.signals],
    rooms: [],
    jobs: [...flow.jobs],
    subscribers: [...flow.subscribers],
  };
};
