import { randomBytes } from 'node:crypto';
import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { newId } from '../../../platform/ids.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import { holdStage } from '../live/stage.writes.ts';
import { readViewer } from '../standing/standing.reads.ts';
import { create } from './contract.ts';
import { countPolls } from './poll.reads.ts';
import { choicesOf, optionTexts } from './poll.rules.ts';
import { insertPoll } from './poll.writes.ts';
import { showPoll } from './present.ts';
import { keyPlace } from './tally.ts';

const MAX_POLLS = 200;
const KEY_BYTES = 32;

/** Prepares a poll, with a key of its own that turns voters into hashes. */
export const createPoll = ({ sealing }: { sealing: Pick<Sealing, 'seal'> }) =>
  commit(create, {
    load: ({ eventId }, { tx, actor, now }) => readViewer(tx, eventId, { actor, now }),
    allow: (_actor, { manages }) => manages,
    run: async (input, _viewer, { tx, actor, audit, now }) => {
      const { options, steps: _, ...wanted } = input;
      const texts = optionTexts(input);
      const maxChoices = choicesOf(input.kind, input.maxChoices, texts.length);
      await holdStage(tx, input.eventId);
      if ((await countPolls(tx, input.eventId)) >= MAX_POLLS) {
        throw new AppError('CONFLICT', `An event has ${MAX_POLLS} polls at most.`);
      }
      const id = newId();
      const key = sealing.seal(randomBytes(KEY_BYTES).toString('base64url'), keyPlace(id));
      const row = await insertPoll(
        tx,
        { ...wanted, id, maxChoices, key, authorId: actor.userId, createdAt: now },
        texts,
      );
      audit({ targetType: 'poll', targetId: id, after: showPoll(row) });
      return showPoll(row);
    },
  });
