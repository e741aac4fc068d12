import type { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { findQuestion, type QuestionRow } from './question.reads.ts';

/** A question that is held until the transaction ends, or null. */
export const holdQuestion = async (
  tx: Transaction,
  eventId: string,
  questionId: string,
): Promise<QuestionRow | null> => {
  await tx.$queryRaw`
    SELECT 1 AS held FROM questions WHERE id = ${questionId}::uuid AND event_id = ${eventId}::uuid FOR NO KEY UPDATE`;
  return findQuestion(tx, eventId, questionId);
};

/** Writes a question down, with its author among those who want it answered. */
export const insertQuestion = async (
  tx: Transaction,
  question: Prisma.QuestionUncheckedCreateInput & { id: string },
): Promise<QuestionRow> => {
  const row = await tx.question.create({ data: question });
  await tx.questionVote.create({ data: { questionId: row.id, userId: row.authorId } });
  return row;
};

/** Changes a question that is held, under its next version. */
export const updateQuestion = (
  tx: Transaction,
  questionId: string,
  change: Prisma.QuestionUncheckedUpdateInput,
): Promise<QuestionRow> =>
  tx.question.update({ where: { id: questionId }, data: { ...change, version: { increment: 1 } } });
