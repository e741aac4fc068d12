type Status = 'PENDING' | 'VISIBLE' | 'ANSWERING' | 'ANSWERED' | 'DISMISSED' | 'WITHDRAWN';

/** The changes that a question in each status allows. */
export type QuestionMove = 'approve' | 'dismiss' | 'take' | 'answer' | 'merge' | 'restore' | 'withdraw';

const FROM: Record<QuestionMove, readonly Status[]> = {
  approve: ['PENDING'],
  dismiss: ['PENDING', 'VISIBLE', 'ANSWERING'],
  take: ['VISIBLE'],
  answer: ['VISIBLE', 'ANSWERING'],
  merge: ['PENDING', 'VISIBLE'],
  restore: ['DISMISSED'],
  withdraw: ['PENDING', 'VISIBLE', 'ANSWERING', 'DISMISSED'],
};
const TO: Record<QuestionMove, Status> = {
  approve: 'VISIBLE',
  dismiss: 'DISMISSED',
  take: 'ANSWERING',
  answer: 'ANSWERED',
  merge: 'DISMISSED',
  restore: 'VISIBLE',
  withdraw: 'WITHDRAWN',
};

/** The status after a move, or null when it cannot be made. What was merged into another question stays there. */
export const afterQuestionMove = (
  { status, mergedIntoId }: { status: Status; mergedIntoId: string | null },
  move: QuestionMove,
): Status | null => (mergedIntoId === null && FROM[move].includes(status) ? TO[move] : null);

/** The status of a question that was just asked: where the team looks first, and where it has a link from a stranger, it waits. */
export const askedStatus = (
  mode: 'OPEN' | 'MODERATED',
  { body, isKnown }: { body: string; isKnown: boolean },
): Status => (mode === 'MODERATED' || (!isKnown && hasLink(body)) ? 'PENDING' : 'VISIBLE');

const LINK = /(?:https?:\/\/|www\.)\S|\b[a-z0-9-]+\.(?:com|net|org|io|ru|xyz|info|link|top|club|shop|online|site)\b/i;

export const hasLink = (body: string): boolean => LINK.test(body);

/** Whether everybody sees a question. */
export const isVisible = ({ status }: { status: Status }): boolean =>
  status === 'VISIBLE' || status === 'ANSWERING' || status === 'ANSWERED';

/** Whether it still takes upvotes. */
export const takesUpvotes = ({ status }: { status: Status }): boolean => status === 'VISIBLE' || status === 'ANSWERING';

interface Ordered {
  upvotes: number;
  createdAt: Date;
  id: string;
}

/** The order that everybody sees, on every node (V6): most upvotes first, then who asked first. */
export const byUpvotes = (a: Ordered, b: Ordered): number =>
  b.upvotes - a.upvotes || a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
