import type { Entry, Output, SignalData } from './contract.ts';

/** A stage as its page shows it; `live.get` gives it, and the room's log keeps it current. */
export type StageState = Output<'live.get'>;
type Poll = StageState['polls'][number];
type Question = StageState['questions'][number];

/** Questions that a page keeps. */
const QUESTIONS = 50;

const withPoll = (state: StageState, pollId: string, change: (poll: Poll) => Poll): StageState => ({
  ...state,
  polls: state.polls.map((poll) => (poll.id === pollId ? change(poll) : poll)),
});

const inOrder = (a: Question, b: Question): number =>
  b.upvotes - a.upvotes || a.createdAt.localeCompare(b.createdAt) || (a.id < b.id ? -1 : 1);

const withQuestions = (state: StageState, questions: Question[]): StageState => ({
  ...state,
  questions: questions.sort(inOrder).slice(0, QUESTIONS),
});

const upvoted = (state: StageState, counts: Record<string, number>): StageState =>
  withQuestions(
    state,
    state.questions.map((question) => ({ ...question, upvotes: counts[question.id] ?? question.upvotes })),
  );

/** What everybody sees of a poll, in the place of what was known; what is the person's own stays. */
const putPoll = (state: StageState, poll: Entry<'poll.opened'>['data']['poll']): StageState => {
  if (poll.status === 'CANCELLED') return { ...state, polls: state.polls.filter(({ id }) => id !== poll.id) };
  const known = state.polls.find(({ id }) => id === poll.id);
  // Nobody can tell any more what one voted for once the poll is sealed; who voted still knows.
  if (known) return withPoll(state, poll.id, (before) => ({ ...before, ...poll }));
  return { ...state, polls: [{ ...poll, voters: 0, results: null, mine: null }, ...state.polls] };
};

const putQuestion = (state: StageState, { question, counts }: Entry<'question.shown'>['data']): StageState => {
  const known = state.questions.find(({ id }) => id === question.id);
  const others = state.questions.filter(({ id }) => id !== question.id);
  const isWaiting = question.status === 'VISIBLE' || question.status === 'ANSWERING';
  const own = { isOwn: known?.isOwn ?? false, isUpvoted: known?.isUpvoted ?? false };
  return withQuestions({ ...state, questionCounts: counts }, isWaiting ? [...others, { ...question, ...own }] : others);
};

const withoutQuestion = (state: StageState, questionId: string, counts: StageState['questionCounts']): StageState => ({
  ...state,
  questions: state.questions.filter(({ id }) => id !== questionId),
  questionCounts: counts,
});

const resultsOf = (
  poll: Poll,
  counted: { voters: number; votes: Record<string, number> },
): NonNullable<Poll['results']> => {
  const steps = poll.options.map(({ id }, place) => (counted.votes[id] ?? 0) * (place + 1));
  const average = steps.reduce((sum, each) => sum + each, 0) / counted.voters;
  return {
    ...counted,
    average: poll.kind === 'RATING' && counted.voters > 0 ? average : null,
    words: poll.results?.words ?? [],
  };
};

/**
 * The state after one entry of the room's log. Pure; totals in entries are absolute, so one that the state holds already
 * changes nothing.
 */
export const applyStageEntry = (state: StageState, entry: Entry): StageState => {
  const next = { ...state, seq: entry.seq };
  switch (entry.signal) {
    case 'live.opened':
    case 'live.paused':
    case 'live.closed':
    case 'live.configured':
      return { ...next, ...entry.data };
    case 'live.pinned':
      return { ...next, pinned: entry.data.pinned };
    case 'poll.opened':
    case 'poll.changed':
      return putPoll(next, entry.data.poll);
    case 'poll.counted': {
      const { pollId, voters, votes } = entry.data;
      return withPoll(next, pollId, (poll) => ({
        ...poll,
        voters,
        results: votes ? resultsOf(poll, { voters, votes }) : poll.results,
      }));
    }
    case 'poll.closed': {
      const { pollId, results } = entry.data;
      return withPoll(next, pollId, (poll) => ({
        ...poll,
        status: 'CLOSED',
        voters: results?.voters ?? poll.voters,
        results: results ? resultsOf(poll, results) : poll.results,
      }));
    }
    case 'question.shown':
    case 'question.changed':
    case 'question.answered':
      return putQuestion(next, entry.data);
    case 'question.removed':
      return withoutQuestion(next, entry.data.questionId, entry.data.counts);
    case 'question.merged': {
      const { questionId, intoId, upvotes, counts } = entry.data;
      return upvoted(withoutQuestion(next, questionId, counts), { [intoId]: upvotes.voters });
    }
    case 'question.counted':
      return upvoted(next, entry.data.counts);
    default:
      return next;
  }
};

/**
 * Whether an entry changes what the log does not tell: how the caller stands to the stage, a tally that is not shown to
 * all, words that people wrote.
 */
export const concernsCaller = (state: StageState, entry: Entry): boolean => {
  const pollOf = (id: string): Poll | undefined => state.polls.find((poll) => poll.id === id);
  switch (entry.signal) {
    case 'live.opened':
    case 'live.paused':
    case 'live.closed':
    case 'live.configured':
    case 'live.changed':
      return true;
    case 'poll.opened':
      // One that is opened again hides what it showed when it was closed.
      return pollOf(entry.data.poll.id) !== undefined;
    case 'poll.counted': {
      const isSeen = state.mine.isTeam || pollOf(entry.data.pollId)?.results !== null;
      return isSeen && (!entry.data.votes || pollOf(entry.data.pollId)?.kind === 'OPEN_TEXT');
    }
    case 'poll.closed':
      return pollOf(entry.data.pollId)?.kind === 'OPEN_TEXT' || (state.mine.isTeam && !entry.data.results);
    default:
      return false;
  }
};

/** The state after a tick of applause. */
export const applyTick = (state: StageState, { viewers, reactions }: SignalData<'live.ticked'>): StageState => {
  const applause = { ...state.applause };
  for (const [emoji, count] of Object.entries(reactions)) applause[emoji] = (applause[emoji] ?? 0) + count;
  return { ...state, viewers, peakViewers: Math.max(viewers, state.peakViewers), applause };
};
