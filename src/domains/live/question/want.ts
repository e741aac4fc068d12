import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Submit } from '../../../platform/batcher.ts';
import type { Counts } from '../ballot/ballot.store.ts';
import type { Wish } from '../ballot/cast-votes.ts';
import { findOnStage, type OnStage, refuseIdle, type StandingDeps } from '../standing/standing.ts';
import { findQuestion, type QuestionRow } from './question.reads.ts';
import { isVisible, takesUpvotes } from './question.rules.ts';
import { WANTED } from './upvotes.ts';

export interface WantDeps extends StandingDeps {
  cast: Submit<Wish, Counts>;
}

export interface Wanted extends OnStage {
  question: QuestionRow;
}

/** A question that everybody sees, or that is one's own; null for any other. */
export const findWanted = async (
  deps: StandingDeps,
  { eventId, questionId }: { eventId: string; questionId: string },
  { actor, now }: { actor: Actor; now: Date },
): Promise<Wanted | null> => {
  const onStage = await findOnStage(deps, eventId, { actor, now });
  const question = onStage && (await findQuestion(deps.database, eventId, questionId));
  if (!question) return null;
  const isKnown = isVisible(question) || question.authorId === actor.userId || onStage.viewer.supervises;
  return isKnown || question.mergedIntoId !== null ? { ...onStage, question } : null;
};

/**
 * Puts somebody among those who want a question answered, or takes them out, with the event's next batch.
 * @throws CONFLICT for its author, who counts already, GONE when it takes no upvotes any more
 */
export const want = async (
  { cast }: WantDeps,
  { question, ...onStage }: Wanted,
  { actor, now, isWanted }: { actor: Actor; now: Date; isWanted: boolean },
): Promise<{ upvotes: number }> => {
  refuseIdle(onStage, now);
  if (question.mergedIntoId !== null) throw new AppError('GONE', 'The question was merged with another one.');
  if (!takesUpvotes(question)) throw new AppError('GONE', `The question is ${question.status}.`);
  if (question.authorId === actor.userId) throw new AppError('CONFLICT', 'It is your own question: you count already.');
  const { voters } = await cast(question.eventId, {
    ballotId: question.id,
    vote: { voter: actor.userId, value: isWanted ? WANTED : '', person: '' },
    ...{ closesAtMs: null, isCounted: false, isShown: true },
  });
  return { upvotes: voters };
};
