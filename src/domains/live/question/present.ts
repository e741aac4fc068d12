import type { QuestionRow } from './question.reads.ts';

/** A question as everybody sees it. */
export const showQuestion = (row: QuestionRow) => ({
  ...{ id: row.id, eventId: row.eventId, body: row.body, status: row.status, upvotes: row.upvotes },
  ...{ answer: row.answer, dismissalReason: row.dismissalReason, mergedIntoId: row.mergedIntoId, version: row.version },
  authorId: row.isAnonymous ? null : row.authorId,
  createdAt: row.createdAt.toISOString(),
});

/** A question as one person sees it. */
export const viewQuestion = (row: QuestionRow, { userId, isUpvoted }: { userId: string; isUpvoted: boolean }) => ({
  ...showQuestion(row),
  isOwn: row.authorId === userId,
  isUpvoted,
});
