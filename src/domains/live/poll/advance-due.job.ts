import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { type TransactionDeps, transact } from '../../../platform/db/transact.ts';
import type { Log } from '../../../platform/log.ts';
import { oneByOne } from '../../../platform/upkeep/one-by-one.ts';
import { hostOf } from '../../events/api.ts';
import { pollMoved } from '../facts.ts';
import { movePoll } from './move.steps.ts';
import { keyedPolls, overduePolls } from './poll.reads.ts';
import { REOPENED_WITHIN_MS } from './poll.rules.ts';
import { holdPoll, sealVotes } from './poll.writes.ts';

const advanceDue = job({
  name: 'live.advanceDue',
  summary: 'Closes polls whose time is over, and destroys the keys of those that cannot be opened again.',
  payload: z.object({}),
  everyMs: 10_000,
});

/** Polls of one run. */
const BATCH = 100;
/** Votes come within moments after their poll closed at the latest; the key goes when they are surely stored. */
const STORED_WITHIN_MS = 5_000;

interface Deps extends TransactionDeps {
  log: Log;
}

/** A poll's time is over when its log says so; this only tells people, and does what must be done after it. */
export const advanceDuePolls = (deps: Deps): JobHandler =>
  jobHandler({
    contract: advanceDue,
    run: async () => {
      const now = deps.clock.now();
      const overdue = await overduePolls(deps.database, now, BATCH);
      await eachPoll(deps.log, overdue, (eventId, pollId) => closeOverdue(deps, eventId, pollId));
      const before = new Date(now.getTime() - REOPENED_WITHIN_MS - STORED_WITHIN_MS);
      const keyed = await keyedPolls(deps.database, before, BATCH);
      await eachPoll(deps.log, keyed, (eventId, pollId) => seal(deps, eventId, pollId));
    },
  });

const eachPoll = (
  log: Log,
  polls: readonly { id: string; eventId: string }[],
  run: (eventId: string, pollId: string) => Promise<void>,
): Promise<void> => {
  const events = new Map(polls.map(({ id, eventId }) => [id, eventId]));
  return oneByOne(log, [...events.keys()], (pollId) => run(events.get(pollId) ?? '', pollId));
};

const closeOverdue = (deps: Deps, eventId: string, pollId: string): Promise<void> =>
  transact(deps, async ({ tx, record, now }) => {
    const poll = await holdPoll(tx, eventId, pollId);
    const hostId = await hostOf(tx, eventId);
    if (!poll || !hostId || poll.status !== 'OPEN' || !poll.closesAt || poll.closesAt > now) return;
    await movePoll({ tx, record, now }, { poll, hostId }, 'close');
  });

const seal = (deps: Deps, eventId: string, pollId: string): Promise<void> =>
  transact(deps, async ({ tx, record, now }) => {
    const poll = await holdPoll(tx, eventId, pollId);
    const hostId = await hostOf(tx, eventId);
    if (!poll?.key || !hostId || poll.status === 'OPEN') return;
    await sealVotes(tx, pollId, now);
    await record(pollMoved, { eventId, hostId, pollId, change: 'SEALED' });
  });
