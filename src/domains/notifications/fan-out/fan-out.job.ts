import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { type Transacting, type TransactionDeps, transact } from '../../../platform/db/transact.ts';
import { audienceAfter, ticketBringers } from '../../events/api.ts';
import type { Draft } from '../intent/draft.rules.ts';
import { intend } from '../intent/intend.writes.ts';
import { lockNextStep, moveOn, type Step } from './fan-out.writes.ts';

/** People told in one transaction. */
const BATCH = 250;

export const fanOut = job({
  name: 'notification.fanOut',
  summary: 'Goes on telling many people one thing, where the last run or a crash left off.',
  payload: z.object({}),
  everyMs: 10_000,
});

/** A batch and the cursor behind it are one transaction: a crash repeats nobody and skips nobody. */
export const fanOutToMany = (deps: TransactionDeps): JobHandler =>
  jobHandler({
    contract: fanOut,
    run: async () => {
      while (await transact(deps, takeStep));
    },
  });

/** @returns whether there was something to do */
const takeStep = async ({ tx, now }: Transacting): Promise<boolean> => {
  const step = await lockNextStep(tx);
  if (!step) return false;
  const people = await audienceAfter(tx, { ...audienceOf(step), cursor: step.cursor, limit: BATCH });
  const bringers = await bringersOf(tx, step, people);
  const drafts = people
    .filter((userId) => userId !== step.createdById)
    .map((userId) => draftFor(step, userId, bringers.get(userId)));
  const sent = drafts.length > 0 ? await intend(tx, drafts, now) : 0;
  await moveOn(tx, step.id, { cursor: people.at(-1) ?? null, sent, isDone: people.length < BATCH, now });
  return true;
};

/** A stranger may have given a person their ticket; that person is then told nothing of the event. */
const bringersOf = async (tx: Transaction, { audience, eventId }: Step, people: readonly string[]) =>
  audience === 'EVENT_PARTICIPANTS' ? ticketBringers(tx, eventId, people) : new Map<string, string>();

const AUDIENCES = {
  EVENT_PARTICIPANTS: 'PARTICIPANTS',
  EVENT_WAITLIST: 'WAITLIST',
  EVENT_SAVERS: 'SAVERS',
} as const;

const audienceOf = ({ audience, eventId }: Step) => {
  const known: Partial<Record<Step['audience'], (typeof AUDIENCES)[keyof typeof AUDIENCES]>> = AUDIENCES;
  const people = known[audience];
  if (people === undefined) throw new Error(`nobody knows who ${audience} is`);
  return { audience: people, eventId };
};

const draftFor = (
  { type, title, message, data, eventId, createdById, dedupeKey }: Step,
  userId: string,
  bringerId: string | undefined,
): Draft => ({
  userId,
  type,
  category: 'EVENT',
  title,
  message,
  data: data ?? {},
  eventId,
  ...(createdById ? { actorId: createdById } : {}),
  ...(bringerId === undefined ? {} : { broughtBy: { userId: bringerId, reaches: 'NOTHING' } }),
  dedupeKey,
});
