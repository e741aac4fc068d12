import { createHmac } from 'node:crypto';
import type { InputOf } from '../../../kernel/contract.ts';
import { invalidField } from '../../../kernel/errors.ts';
import type { create } from './contract.ts';

type Status = 'DRAFT' | 'OPEN' | 'CLOSED' | 'CANCELLED';
type Kind = 'SINGLE' | 'MULTIPLE' | 'RATING' | 'OPEN_TEXT';

/** The changes that a poll in each status allows. */
export type PollMove = 'open' | 'close' | 'cancel';

/** How long after its close a poll may be opened again; then its key is destroyed. */
export const REOPENED_WITHIN_MS = 10 * 60_000;

export interface PollState {
  status: Status;
  closedAt: Date | null;
  keyDestroyedAt: Date | null;
}

/** The status after a move; the same one when it was made already, null when it cannot be made. */
export const afterPollMove = (poll: PollState, move: PollMove, now: Date): Status | null => {
  if (move === 'open') return mayOpen(poll, now) ? 'OPEN' : null;
  if (move === 'close') return poll.status === 'OPEN' || poll.status === 'CLOSED' ? 'CLOSED' : null;
  return poll.status === 'CLOSED' ? null : 'CANCELLED';
};

const mayOpen = ({ status, closedAt, keyDestroyedAt }: PollState, now: Date): boolean => {
  if (status === 'DRAFT' || status === 'OPEN') return true;
  if (status !== 'CLOSED' || keyDestroyedAt !== null || closedAt === null) return false;
  return now.getTime() - closedAt.getTime() <= REOPENED_WITHIN_MS;
};

/** Gives the texts of a poll's options in their order; those of a rating are its steps. @throws INVALID_INPUT naming the field */
export const optionTexts = ({
  kind,
  options,
  steps,
}: Pick<InputOf<typeof create>, 'kind' | 'options' | 'steps'>): string[] => {
  if (steps !== undefined && kind !== 'RATING') throw invalidField('steps', 'is for a rating');
  if (kind === 'RATING') {
    if (options.length > 0) throw invalidField('options', 'of a rating are its steps: leave them out');
    if (steps === undefined) throw invalidField('steps', 'is missing');
    return Array.from({ length: steps }, (_, place) => String(place + 1));
  }
  if (kind === 'OPEN_TEXT') {
    if (options.length > 0) throw invalidField('options', 'must be left out where people write');
    return [];
  }
  refuseOptions(options);
  return options;
};

/** @throws INVALID_INPUT for too few, and for one that comes twice */
export const refuseOptions = (options: readonly string[]): void => {
  if (options.length < 2) throw invalidField('options', 'must be two at least');
  const folded = options.map((option) => option.toLocaleLowerCase('en'));
  const twice = folded.findIndex((option, place) => folded.indexOf(option) !== place);
  if (twice >= 0) throw invalidField(`options.${twice}`, 'is there twice');
};

/** Gives the number of options that one person may choose. @throws INVALID_INPUT */
export const choicesOf = (kind: Kind, asked: number | undefined, options: number): number => {
  if (kind !== 'MULTIPLE') {
    if (asked !== undefined && asked !== 1) throw invalidField('maxChoices', 'is for a poll with several choices');
    return 1;
  }
  if (asked !== undefined && asked > options) throw invalidField('maxChoices', 'is more than there are options');
  return asked ?? options;
};

interface VotedPoll {
  kind: Kind;
  maxChoices: number;
  optionIds: readonly string[];
}

/**
 * A vote as it is counted: its options in the poll's order, or its text.
 * @throws INVALID_INPUT naming the choice that is none
 */
export const voteValue = (
  { kind, maxChoices, optionIds }: VotedPoll,
  { choices, text }: { choices?: readonly string[] | undefined; text?: string | undefined },
): string => {
  if (kind === 'OPEN_TEXT') {
    if (choices !== undefined) throw invalidField('choices', 'is for a poll with options');
    if (text === undefined) throw invalidField('text', 'is missing');
    return text;
  }
  if (text !== undefined) throw invalidField('text', 'is for a poll in which people write');
  if (choices === undefined) throw invalidField('choices', 'is missing');
  const unknown = choices.findIndex((choice) => !optionIds.includes(choice));
  if (unknown >= 0) throw invalidField(`choices.${unknown}`, 'is no option of this poll');
  const twice = choices.findIndex((choice, place) => choices.indexOf(choice) !== place);
  if (twice >= 0) throw invalidField(`choices.${twice}`, 'is there twice');
  if (choices.length > maxChoices) throw invalidField(`choices.${maxChoices}`, `is more than ${maxChoices}`);
  return optionIds.filter((id) => choices.includes(id)).join(',');
};

/** The name under which somebody's vote is kept: with the poll's key it is theirs alone, without it nobody's. */
export const voterHash = (key: Buffer, userId: string): string =>
  createHmac('sha256', key).update(userId).digest('base64url');

/** Words fewer wrote are not shown: what one person alone wrote could tell who they are. */
const WRITTEN_BY = 2;
const MAX_WORDS = 100;

/** Groups written answers that differ in case and spaces alone; gives those that several people wrote, the most frequent first. */
export const countWords = (texts: Iterable<string>): { word: string; count: number }[] => {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const word = text.normalize('NFKC').toLocaleLowerCase('en').replaceAll(/\s+/g, ' ').trim();
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= WRITTEN_BY)
    .map(([word, count]) => ({ word, count }))
    .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
    .slice(0, MAX_WORDS);
};

/** The mean step of a rating, from 1; null when nobody has voted. */
export const averageOf = (optionIds: readonly string[], votes: Readonly<Record<string, number>>): number | null => {
  const counts = optionIds.map((id) => votes[id] ?? 0);
  const voters = counts.reduce((sum, count) => sum + count, 0);
  if (voters === 0) return null;
  return counts.reduce((sum, count, place) => sum + count * (place + 1), 0) / voters;
};
