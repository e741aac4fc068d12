import { AppError, invalidField } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { pollMoved } from '../facts.ts';
import { edit } from './contract.ts';
import { refuseOptions } from './poll.rules.ts';
import { updatePoll, writeOptionTexts } from './poll.writes.ts';
import { showPoll } from './present.ts';
import { findPollSubject, type PollSubject } from './subject.ts';

/** Puts a poll right. What it shows to whom is fixed once people may vote: they voted under it. */
export const editPoll = () =>
  commit(edit, {
    load: (input, { tx, actor, now }) => findPollSubject(tx, input, { actor, now }),
    allow: (_actor, { viewer }) => viewer.manages,
    run: async ({ eventId, pollId, version, options, ...change }, { viewer, poll }, { tx, record, audit }) => {
      if (poll.version !== version) {
        throw new AppError('CONFLICT', 'Somebody else has changed the poll meanwhile: look at it again.');
      }
      refuseLate(poll, change);
      if (options) {
        refuseOtherOptions(poll, options);
        await writeOptionTexts(tx, poll, options);
      }
      const isEdited = poll.status !== 'DRAFT' || poll.isEdited;
      const { prompt = poll.prompt, reveal = poll.reveal, seconds = poll.seconds } = change;
      const edited = await updatePoll(tx, poll, { prompt, reveal, seconds, isEdited });
      if (poll.status !== 'DRAFT') {
        await record(pollMoved, { eventId, hostId: viewer.hostId, pollId, change: 'EDITED' });
      }
      audit({ targetType: 'poll', targetId: pollId, before: showPoll(poll), after: showPoll(edited) });
      return showPoll(edited);
    },
  });

type Poll = PollSubject['poll'];

/** @throws CONFLICT */
const refuseLate = ({ status }: Poll, { reveal, seconds }: { reveal?: unknown; seconds?: unknown }): void => {
  if (status === 'CANCELLED') throw new AppError('CONFLICT', 'The poll is CANCELLED.');
  if (status !== 'DRAFT' && (reveal !== undefined || seconds !== undefined)) {
    throw new AppError('CONFLICT', 'Once people may vote, only words are put right.');
  }
};

/** @throws INVALID_INPUT */
const refuseOtherOptions = ({ kind, options }: Poll, texts: readonly string[]): void => {
  if (kind === 'RATING' || kind === 'OPEN_TEXT') throw invalidField('options', 'are not written for this kind of poll');
  if (texts.length !== options.length) throw invalidField('options', `must be ${options.length}, each in its place`);
  refuseOptions(texts);
};
