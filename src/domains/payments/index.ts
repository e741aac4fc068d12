import type { Domain } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import { type BooksGround, openBooks } from './books.ts';
import { type FlowGround, openFlow } from './flow.ts';
import { openPayouts, type PayoutsGround } from './payouts.ts';
import { openSubscriptions, type SubscriptionsGround } from './subscriptions.ts';

/** What this domain stands on. */
type Ground = FlowGround & BooksGround & PayoutsGround & SubscriptionsGround;

/** Money: how it comes in, how it goes back, and what the books say of it. */
export const createPayments = (ground: Ground): Domain<Transaction> => {
  const flow = openFlow(ground);
  const books = openBooks(ground);
  const payouts = openPayouts(ground, flow.providers);
  const subscriptions = openSubscriptions(ground);
  return {
    name: 'payments',
    operations: [...flow.operations, ...books.operations, ...payouts.operations, ...subscriptions.operations],
    signals: [...flow.signals],
    rooms: [],
    jobs: [...flow.jobs, ...books.jobs, ...payouts.jobs, ...subscriptions.jobs],
    subscribers: [...flow.subscribers, ...books.subscribers, ...payouts.subscribers, ...subscriptions.subscribers],
  };
};
