import type { StageState } from '../../../src/sdk/index.ts';
import { timeOf } from '../format.ts';
import { t } from '../words.ts';
import type { Poll, Question } from './follow-stage.ts';

type Status = StageState['status'];

/** The state of a stage, for a chip. */
export const STATES: Record<Status, { word: string; tone: string }> = {
  UPCOMING: { word: t('○ Not open yet'), tone: '' },
  OPEN: { word: t('● Live'), tone: 'good' },
  PAUSED: { word: t('❚❚ Paused'), tone: 'warm' },
  ENDED: { word: t('■ Ended'), tone: '' },
};

/** Says why one cannot take part now; null for who can. */
export const whyIdle = ({ status, mine, settings }: StageState): string | null => {
  if (status === 'UPCOMING') return t('The stage is not open yet. This page comes alive by itself.');
  if (status === 'PAUSED') return t('The stage is paused. Clapping, votes and questions go on after the break.');
  if (status === 'ENDED') return t('The evening is over. What was asked and voted stays here to be read.');
  if (mine.mutedUntil !== null) {
    return t('The team has muted you until {time}. You can watch, but not clap, vote or ask.', {
      time: timeOf(mine.mutedUntil),
    });
  }
  if (mine.takesPart) return null;
  return settings.audience === 'TICKET'
    ? t('You are watching. Clapping, votes and questions are for people with a ticket.')
    : t('You are watching. Clapping, votes and questions are for people whom the door has let in.');
};

/** Says when the results of a poll will be seen; null where they are. */
export const whyHidden = ({ results, reveal, status }: Poll): string | null => {
  if (results) return null;
  if (reveal === 'TEAM') return t('Only the team sees the results.');
  if (status === 'OPEN' && reveal === 'AFTER_VOTE') return t('You see the results once you have voted.');
  return status === 'OPEN' ? t('Results are shown when the poll closes.') : t('The results are on their way.');
};

/** Why a question was put aside. */
export const REASONS: Record<NonNullable<Question['dismissalReason']>, string> = {
  OFF_TOPIC: t('It is about something else.'),
  DUPLICATE: t('It was asked already.'),
  ABUSE: t('It does not treat people well.'),
  ANSWERED_BEFORE: t('It was answered before.'),
  TIME: t('There is no time left for it.'),
};

/** The fate of a question, as its author reads it. */
export const FATES: Record<Question['status'], { word: string; tone: string }> = {
  PENDING: { word: t('The team looks at it first'), tone: 'warm' },
  VISIBLE: { word: t('Everybody sees it'), tone: '' },
  ANSWERING: { word: t('Being answered now'), tone: 'good' },
  ANSWERED: { word: t('Answered'), tone: 'good' },
  DISMISSED: { word: t('Put aside'), tone: 'bad' },
  WITHDRAWN: { word: t('Taken back'), tone: '' },
};
