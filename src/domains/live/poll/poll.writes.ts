import type { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { findPoll, type PollRow } from './poll.reads.ts';

/** A poll that is held until the transaction ends, or null. */
export const holdPoll = async (tx: Transaction, eventId: string, pollId: string): Promise<PollRow | null> => {
  await tx.$queryRaw`SELECT 1 AS held FROM polls WHERE id = ${pollId}::uuid AND event_id = ${eventId}::uuid FOR NO KEY UPDATE`;
  return findPoll(tx, eventId, pollId);
};

export const insertPoll = async (
  tx: Transaction,
  poll: Omit<Prisma.PollUncheckedCreateInput, 'sortOrder' | 'options'> & { id: string },
  options: readonly string[],
): Promise<PollRow> => {
  const last = await tx.poll.aggregate({ where: { eventId: poll.eventId }, _max: { sortOrder: true } });
  const { id } = poll;
  const sortOrder = (last._max.sortOrder ?? 0) + 1;
  await tx.poll.create({ data: { ...poll, sortOrder } });
  await tx.pollOption.createMany({
    data: options.map((text, place) => ({ id: newId(), pollId: id, text, sortOrder: place })),
  });
  return (await findPoll(tx, poll.eventId, id)) as PollRow;
};

/** Changes a poll that is held, under its next version. */
export const updatePoll = async (
  tx: Transaction,
  poll: PollRow,
  change: Prisma.PollUncheckedUpdateInput,
): Promise<PollRow> => {
  await tx.poll.update({ where: { id: poll.id }, data: { ...change, version: { increment: 1 } } });
  return (await findPoll(tx, poll.eventId, poll.id)) as PollRow;
};

/** Puts the words of options right; each keeps its id. */
export const writeOptionTexts = async (tx: Transaction, poll: PollRow, texts: readonly string[]): Promise<void> => {
  for (const [place, { id }] of poll.options.entries()) {
    await tx.pollOption.update({ where: { id }, data: { text: texts[place] ?? '' } });
  }
};

export const deletePoll = async (tx: Transaction, pollId: string): Promise<void> => {
  await tx.poll.delete({ where: { id: pollId } });
};

/** Puts the named polls of an event first, in this order; the others follow as they were. */
export const orderPolls = async (tx: Transaction, eventId: string, pollIds: readonly string[]): Promise<void> => {
  await tx.$executeRaw`
    UPDATE polls SET sort_order = placed.place FROM (
      SELECT id, row_number() OVER (ORDER BY array_position(${[...pollIds]}::uuid[], id) NULLS LAST, sort_order, id) AS place
      FROM polls WHERE event_id = ${eventId}::uuid) AS placed
    WHERE polls.id = placed.id`;
};

/**
 * Destroys what leads from a person to their vote: the key, and the order in which the rows were written. What was stored
 * before is written anew in the order of the hashes.
 */
export const sealVotes = async (tx: Transaction, pollId: string, now: Date): Promise<void> => {
  await tx.poll.update({ where: { id: pollId }, data: { key: null, keyDestroyedAt: now } });
  // The sort takes every row out before the first one is put back.
  await tx.$executeRaw`
    WITH taken AS (DELETE FROM poll_votes WHERE poll_id = ${pollId}::uuid AND user_id IS NULL RETURNING *)
    INSERT INTO poll_votes (poll_id, voter_hash, choices, text)
    SELECT poll_id, voter_hash, choices, text FROM taken ORDER BY voter_hash`;
};
