import { z } from 'zod';
import { QuestionStatus } from '../../generated/prisma/enums.ts';
import { fact } from '../../kernel/contract.ts';
import { Id, Time } from '../../kernel/wire.ts';

const ofEvent = z.object({ eventId: Id, hostId: Id });

export const liveOpened = fact({
  name: 'live.opened',
  summary: 'The stage of an event was opened, for the first time or after a pause.',
  payload: ofEvent.extend({ openedAt: Time }),
});

export const liveChanged = fact({
  name: 'live.changed',
  summary: 'The stage of an event was paused, or is run in another way.',
  payload: ofEvent.extend({ change: z.enum(['PAUSED', 'CONFIGURED', 'PINNED']) }),
});

export const liveEnded = fact({
  name: 'live.ended',
  summary: 'The stage of an event is over.',
  payload: ofEvent.extend({ endedAt: Time }),
});

export const liveSummarised = fact({
  name: 'live.summarised',
  summary: 'What came of an evening, for its host.',
  payload: ofEvent.extend({
    peakViewers: z.int(),
    applause: z.record(z.string(), z.int()),
    polls: z.int(),
    votes: z.int(),
    asked: z.int(),
    answered: z.int(),
    unanswered: z.int(),
  }),
});

export const pollMoved = fact({
  name: 'poll.moved',
  summary: 'A poll was opened, put right or cancelled, or the key of its voters was destroyed.',
  payload: ofEvent.extend({ pollId: Id, change: z.enum(['OPENED', 'EDITED', 'CANCELLED', 'SEALED']) }),
});

export const pollClosed = fact({
  name: 'poll.closed',
  summary: 'A poll takes no more votes.',
  payload: ofEvent.extend({ pollId: Id, closedAt: Time }),
});

export const questionMoved = fact({
  name: 'question.moved',
  summary: 'A question has another state than before. `intoId` is set when another one took its upvotes over.',
  payload: ofEvent.extend({
    questionId: Id,
    status: z.enum(QuestionStatus),
    before: z.enum(QuestionStatus).nullable(),
    intoId: Id.nullable(),
  }),
});

export const questionAnswered = fact({
  name: 'question.answered',
  summary: 'A question was answered.',
  payload: ofEvent.extend({ questionId: Id, authorId: Id, upvotes: z.int() }),
});

export const stageMuted = fact({
  name: 'stage.muted',
  summary: 'Somebody may not take part in the stage of an event until a time, or may again (`until` null).',
  payload: ofEvent.extend({
    userId: Id,
    until: Time.nullable(),
    isRemoved: z.boolean(),
    byId: Id,
    reason: z.string(),
  }),
});
