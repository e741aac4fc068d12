import type { Actor } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Viewer } from '../standing/policy.ts';
import { readViewer } from '../standing/standing.reads.ts';
import type { QuestionRow } from './question.reads.ts';
import { isVisible } from './question.rules.ts';
import { holdQuestion } from './question.writes.ts';

export interface QuestionSubject {
  viewer: Viewer;
  question: QuestionRow;
  isOwn: boolean;
}

/** A question that is held, and how somebody stands to it; null where there is none for them. */
export const findQuestionSubject = async (
  tx: Transaction,
  { eventId, questionId }: { eventId: string; questionId: string },
  { actor, now }: { actor: Actor; now: Date },
): Promise<QuestionSubject | null> => {
  const viewer = await readViewer(tx, eventId, { actor, now });
  const question = viewer && (await holdQuestion(tx, eventId, questionId));
  return question && { viewer, question, isOwn: question.authorId === actor.userId };
};

/** Everybody knows of what everybody sees; of the rest the team and the author. */
export const seesQuestion = (_actor: unknown, { viewer, question, isOwn }: QuestionSubject): boolean =>
  viewer.supervises || isOwn || isVisible(question);
