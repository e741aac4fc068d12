import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { questionAnswered, questionMoved } from '../facts.ts';
import { viewQuestion } from './present.ts';
import { type QuestionRow, wantedAmong } from './question.reads.ts';
import { afterQuestionMove, type QuestionMove } from './question.rules.ts';
import { updateQuestion } from './question.writes.ts';
import type { QuestionSubject } from './subject.ts';

interface Moving {
  tx: Transaction;
  record: RecordFact;
  now: Date;
  userId: string;
}

type Details = Partial<Pick<QuestionRow, 'dismissalReason' | 'answer' | 'mergedIntoId'>>;

/**
 * Moves a question that is held and tells of it.
 * @param version as the caller saw it last; absent for its author, who decides about their own
 * @throws CONFLICT when it cannot be moved so, or somebody else moved it since
 */
export const moveQuestion = async (
  { tx, record, now, userId }: Moving,
  { question, viewer }: QuestionSubject,
  { move, version, details = {} }: { move: QuestionMove; version?: number; details?: Details },
) => {
  if (version !== undefined && question.version !== version) {
    throw new AppError('CONFLICT', 'Somebody else has decided about the question meanwhile: look at it again.');
  }
  const status = afterQuestionMove(question, move);
  if (status === null) throw new AppError('CONFLICT', `The question is ${question.status}.`);
  const decided = move === 'withdraw' ? {} : { decidedById: userId, decidedAt: now };
  const reason = { dismissalReason: status === 'DISMISSED' ? (details.dismissalReason ?? null) : null };
  const moved = await updateQuestion(tx, question.id, { status, ...decided, ...details, ...reason });
  const told = { eventId: question.eventId, hostId: viewer.hostId, questionId: question.id };
  const intoId = details.mergedIntoId ?? null;
  await record(questionMoved, { ...told, status, before: question.status, intoId });
  if (status === 'ANSWERED') {
    await record(questionAnswered, { ...told, authorId: question.authorId, upvotes: question.upvotes });
  }
  const isUpvoted = (await wantedAmong(tx, userId, [question.id])).has(question.id);
  return viewQuestion(moved, { userId, isUpvoted });
};
