import type { RoomEntry } from '../../../kernel/domain.ts';

/** One voter's vote after a change: voter, value ('' for none), and the person where a poll names them, else ''. */
export type VoteChange = [voter: string, value: string, person: string];

/** The hidden part of an entry about a poll: the persister reads it, and clients never see it. */
export interface PollVotes {
  pollId: string;
  voters: number;
  totals: Record<string, number>;
  changes: VoteChange[];
}

/** The hidden part of an entry about questions: the persister reads it, and clients never see it. */
export interface QuestionVotes {
  questions: { id: string; upvotes: number; changes: VoteChange[] }[];
}

// Safe, both: what these signals hide is written by cast.lua and settle.lua alone.

/** The votes that an entry brings to a poll, or null. */
export const pollVotesIn = ({ signal, hidden }: RoomEntry): PollVotes | null =>
  signal === 'poll.counted' ? (hidden as PollVotes) : null;

/** The upvotes that an entry brings to questions. */
export const questionVotesIn = ({ signal, hidden }: RoomEntry): QuestionVotes['questions'] => {
  if (signal !== 'question.counted' && signal !== 'question.merged') return [];
  return (hidden as QuestionVotes | undefined)?.questions ?? [];
};

/** The changes that the end of a log brings to one ballot, in order. */
export const changesOf = (entries: readonly RoomEntry[], ballotId: string): VoteChange[] =>
  entries.flatMap((entry) => {
    const poll = pollVotesIn(entry);
    if (poll) return poll.pollId === ballotId ? poll.changes : [];
    return questionVotesIn(entry).flatMap(({ id, changes }) => (id === ballotId ? changes : []));
  });

/** Votes by voter, after changes. */
export const applyChanges = (
  stored: Readonly<Record<string, string>>,
  changes: readonly VoteChange[],
): Record<string, string> => {
  const votes = { ...stored };
  for (const [voter, value] of changes) {
    if (value === '') delete votes[voter];
    else votes[voter] = value;
  }
  return votes;
};
