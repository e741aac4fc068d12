import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Platform } from '../../../platform/platform.ts';
import { continuePass, type PassStep } from '../../../platform/upkeep/pass.ts';
import { findDueChats, archiveMessages as move } from './archive.writes.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Half a year. */
const KEEP_LIVE_MS = 182 * DAY_MS;
const TURN_MS = 30_000;
/** Messages of one transaction. */
const BATCH = 1_000;
const FIRST_CHAT = '00000000-0000-0000-0000-000000000000';

const archive = job({
  name: 'chat.archiveMessages',
  summary: 'Moves messages of more than half a year ago into the archive, where history goes on reading them',
  payload: z.object({}),
  everyMs: 10 * MINUTE_MS,
});

type Deps = Pick<Platform, 'clock' | 'database' | 'log' | 'metrics'>;

/** Walks all chats once a day, half a minute at a time. */
export const archiveMessages = (deps: Deps): JobHandler =>
  jobHandler({
    contract: archive,
    run: async () => {
      const step = (from: string) => archiveStep(deps, from);
      await continuePass(deps, { name: archive.name, everyMs: DAY_MS, first: FIRST_CHAT, step }, TURN_MS);
    },
  });

/** Moves a batch of each of the next chats that have something to move. */
const archiveStep = async ({ database, clock, log, metrics }: Deps, from: string): Promise<PassStep<string>> => {
  const before = new Date(clock.now().getTime() - KEEP_LIVE_MS);
  const { due, last } = await findDueChats(database, from, before);
  let looked = 0;
  for (const chatId of due) looked += await move(database, chatId, { before, limit: BATCH });
  metrics.upkeepRows.inc({ job: archive.name, table: 'messages' }, looked);
  if (looked > 0) log.info({ chats: due.length, messages: looked }, 'messages archived');
  // From the first of them again: it may have more. A chat that somebody else holds is left to the next pass.
  return { next: looked > 0 ? (due[0] ?? null) : last, looked, findings: [] };
};
