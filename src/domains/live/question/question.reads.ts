import type { Prisma } from '../../../generated/prisma/client.ts';
import type { QuestionStatus } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Place } from '../../../platform/db/pages.ts';

type Reader = Pick<Transaction, 'question'>;

/** A question of an event, or null. */
export const findQuestion = (reader: Reader, eventId: string, questionId: string) =>
  reader.question.findFirst({ where: { id: questionId, eventId } });

export type QuestionRow = NonNullable<Awaited<ReturnType<typeof findQuestion>>>;

const SEEN: QuestionStatus[] = ['VISIBLE', 'ANSWERING', 'ANSWERED'];

export type QuestionOrder = 'top' | 'new' | 'answered' | 'own' | 'pending' | 'dismissed';

interface TopPlace extends Place {
  upvotes: number;
}

interface QuestionPage {
  eventId: string;
  userId: string;
  limit: number;
}

/** Questions that wait for an answer, most upvotes first. */
export const topQuestions = (reader: Reader, { eventId, limit }: QuestionPage, after: TopPlace | null) =>
  reader.question.findMany({
    where: { eventId, status: { in: ['VISIBLE', 'ANSWERING'] }, ...(after ? { OR: afterTop(after) } : {}) },
    orderBy: [{ upvotes: 'desc' }, { createdAt: 'asc' }, { id: 'asc' }],
    take: limit,
  });

const afterTop = ({ upvotes, at, id }: TopPlace): Prisma.QuestionWhereInput[] => [
  { upvotes: { lt: upvotes } },
  { upvotes, createdAt: { gt: at } },
  { upvotes, createdAt: at, id: { gt: id } },
];

/** Questions by time, the newest first. */
export const newestQuestions = (
  reader: Reader,
  { eventId, userId, limit }: QuestionPage,
  { order, after }: { order: Exclude<QuestionOrder, 'top'>; after: Place | null },
) =>
  reader.question.findMany({
    where: {
      eventId,
      ...BY_ORDER[order](userId),
      ...(after ? { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] } : {}),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });

const BY_ORDER: Record<Exclude<QuestionOrder, 'top'>, (userId: string) => Prisma.QuestionWhereInput> = {
  new: () => ({ status: { in: SEEN } }),
  answered: () => ({ status: 'ANSWERED' }),
  own: (authorId) => ({ authorId }),
  pending: () => ({ status: 'PENDING' }),
  dismissed: () => ({ status: 'DISMISSED' }),
};

/** Questions that everybody sees and that were asked since a time, the first first. */
export const questionsSince = (reader: Reader, eventId: string, { from, limit }: { from: Date; limit: number }) =>
  reader.question.findMany({
    where: { eventId, status: { in: SEEN }, createdAt: { gte: from } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: limit,
  });

/** Counts the questions of an event that were asked, answered and dismissed (V7). */
export const countQuestions = async (reader: Reader, eventId: string) => {
  const groups = await reader.question.groupBy({ by: ['status'], where: { eventId }, _count: { _all: true } });
  const of = (status: QuestionStatus): number => groups.find((group) => group.status === status)?._count._all ?? 0;
  const asked = groups.reduce((sum, { _count }) => sum + _count._all, 0);
  return { asked, answered: of('ANSWERED'), dismissed: of('DISMISSED') };
};

/** Questions of a person that nobody has decided about or answered. */
export const countOpenOf = (reader: Reader, eventId: string, authorId: string): Promise<number> =>
  reader.question.count({ where: { eventId, authorId, status: { in: ['PENDING', 'VISIBLE', 'ANSWERING'] } } });

export const countAsked = (reader: Reader, eventId: string): Promise<number> =>
  reader.question.count({ where: { eventId } });

/** Of these questions, those that somebody wants answered. */
export const wantedAmong = async (
  reader: Pick<Transaction, 'questionVote'>,
  userId: string,
  questionIds: readonly string[],
): Promise<Set<string>> => {
  const rows = await reader.questionVote.findMany({
    where: { userId, questionId: { in: [...questionIds] } },
    select: { questionId: true },
  });
  return new Set(rows.map(({ questionId }) => questionId));
};

/** Everybody who wants a question answered, as it is stored. */
export const wantersOf = async (reader: Pick<Transaction, 'questionVote'>, questionId: string): Promise<string[]> =>
  (await reader.questionVote.findMany({ where: { questionId }, select: { userId: true } })).map(({ userId }) => userId);
