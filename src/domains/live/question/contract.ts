import { z } from 'zod';
import { DismissalReason } from '../../../generated/prisma/enums.ts';
import { operation, signal } from '../../../kernel/contract.ts';
import { line, text } from '../../../kernel/texts.ts';
import { Id, page, pageInput } from '../../../kernel/wire.ts';
import { eventRoom } from '../../events/event/contract.ts';
import { Question, QuestionCounts, QuestionView, Tally } from '../shapes/contract.ts';

const ofEvent = z.object({ eventId: Id });
const ofQuestion = ofEvent.extend({ questionId: Id });
const rates = [{ limit: 120, windowSeconds: 60, by: 'actor' }] as const;

export const ask = operation({
  name: 'question.ask',
  summary: 'Ask something. Others see it at once, or after the team has, as the stage is configured.',
  access: 'user',
  durability: 'committed',
  feature: 'CHAT',
  rates: [{ limit: 3, windowSeconds: 60, by: 'actor' }],
  input: ofEvent.extend({
    body: line(500),
    isAnonymous: z.boolean().default(false),
  }),
  output: QuestionView,
  errors: ['CONFLICT'],
  http: 'POST /v1/events/{eventId}/questions',
});

export const withdraw = operation({
  name: 'question.withdraw',
  summary: 'Take one’s own question back while it is not answered.',
  access: 'user',
  durability: 'committed',
  rates,
  input: ofQuestion,
  output: QuestionView,
  errors: ['CONFLICT'],
  http: 'POST /v1/events/{eventId}/questions/{questionId}/withdraw',
});

const voting = {
  access: 'user',
  durability: 'accepted',
  rates: [{ limit: 30, windowSeconds: 60, by: 'actor' }],
  input: ofQuestion,
  output: z.object({ upvotes: z.int() }),
  errors: ['CONFLICT', 'GONE'],
} as const;

export const upvote = operation({
  name: 'question.upvote',
  summary: 'Want a question answered; once a person. Its author counts already.',
  ...voting,
});

export const retract = operation({ name: 'question.retract', summary: 'Take an upvote back.', ...voting });

export const list = operation({
  name: 'question.list',
  summary:
    'Questions of an event, page by page: `top` by upvotes, `new` by time, `answered`; `own` are the caller’s, with what became of them; `pending` and `dismissed` are for the team.',
  access: 'user',
  durability: 'read',
  rates,
  input: ofEvent.extend({
    order: z.enum(['top', 'new', 'answered', 'own', 'pending', 'dismissed']).default('top'),
    ...pageInput({ most: 100, usual: 20 }),
  }),
  output: page(QuestionView).extend({ counts: QuestionCounts }),
  errors: [],
  http: 'GET /v1/events/{eventId}/questions',
});

const deciding = {
  access: 'user',
  durability: 'committed',
  rates,
  output: QuestionView,
  errors: ['CONFLICT'],
} as const;
const decided = ofQuestion.extend({
  /** As the caller saw it last; CONFLICT when somebody else decided since. */
  version: z.int().min(1),
});

export const approve = operation({
  name: 'question.approve',
  summary: 'Let everybody see a question that waits.',
  ...deciding,
  input: decided,
  http: 'POST /v1/events/{eventId}/questions/{questionId}/approve',
});

export const dismiss = operation({
  name: 'question.dismiss',
  summary: 'Put a question aside, for a reason that its author reads and that the event counts.',
  ...deciding,
  input: decided.extend({ reason: z.enum(DismissalReason) }),
  http: 'POST /v1/events/{eventId}/questions/{questionId}/dismiss',
});

export const take = operation({
  name: 'question.take',
  summary: 'Say which question is being answered.',
  ...deciding,
  input: decided,
  http: 'POST /v1/events/{eventId}/questions/{questionId}/take',
});

export const answer = operation({
  name: 'question.answer',
  summary: 'Say that a question was answered, and how, if it is to be read.',
  ...deciding,
  input: decided.extend({ answer: text(5_000).nullable().default(null) }),
  http: 'POST /v1/events/{eventId}/questions/{questionId}/answer',
});

export const merge = operation({
  name: 'question.merge',
  summary:
    'Put a question aside as the same as another one, which takes its upvotes over; who wanted both counts once.',
  ...deciding,
  input: decided.extend({ intoId: Id }),
  http: 'POST /v1/events/{eventId}/questions/{questionId}/merge',
});

export const restore = operation({
  name: 'question.restore',
  summary: 'Show a question again that was put aside; not one that was merged.',
  ...deciding,
  input: decided,
  http: 'POST /v1/events/{eventId}/questions/{questionId}/restore',
});

const room = eventRoom;

export const shown = signal({
  name: 'question.shown',
  summary: 'A question is there for everybody to see.',
  room,
  data: z.object({ question: Question, counts: QuestionCounts }),
});

export const changed = signal({
  name: 'question.changed',
  summary: 'A question that everybody sees is being answered, or waits again.',
  room,
  data: z.object({ question: Question, counts: QuestionCounts }),
});

export const answered = signal({
  name: 'question.answered',
  summary: 'A question was answered.',
  room,
  data: z.object({ question: Question, counts: QuestionCounts }),
});

export const removed = signal({
  name: 'question.removed',
  summary: 'A question is not to be seen any more; `counts` says how many were put aside.',
  room,
  data: z.object({ questionId: Id, counts: QuestionCounts }),
});

export const merged = signal({
  name: 'question.merged',
  summary: 'A question took the upvotes of another over, which is not to be seen any more.',
  room,
  data: z.object({
    questionId: Id,
    intoId: Id,
    upvotes: z.object({ voters: z.int(), votes: Tally }),
    counts: QuestionCounts,
  }),
});

export const counted = signal({
  name: 'question.counted',
  summary: 'Upvotes of questions; those with most of what changed. Absolute: a later one replaces it.',
  room,
  data: z.object({ counts: Tally }),
});
