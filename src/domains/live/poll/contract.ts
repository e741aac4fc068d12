import { z } from 'zod';
import { PollAnonymity, PollKind, PollReveal } from '../../../generated/prisma/enums.ts';
import { operation, signal } from '../../../kernel/contract.ts';
import { line } from '../../../kernel/texts.ts';
import { Id, page, pageInputById } from '../../../kernel/wire.ts';
import { eventRoom } from '../../events/event/contract.ts';
import { Poll, PollResults, PollView, Tally } from '../shapes/contract.ts';

const ofEvent = z.object({ eventId: Id });
const ofPoll = ofEvent.extend({ pollId: Id });
const rates = [{ limit: 120, windowSeconds: 60, by: 'actor' }] as const;
const Seconds = z.int().min(5).max(600).nullable();
const OptionText = line(120);

export const create = operation({
  name: 'poll.create',
  summary:
    'Prepare a poll: SINGLE and MULTIPLE with 2 to 12 options, RATING with 2 to 10 steps, OPEN_TEXT with none. It is a draft until it is opened.',
  access: 'user',
  durability: 'committed',
  scopes: ['EVENTS_WRITE'],
  rates,
  input: ofEvent.extend({
    kind: z.enum(PollKind),
    prompt: line(300),
    options: z.array(OptionText).max(12).default([]),
    /** Of a rating. */
    steps: z.int().min(2).max(10).optional(),
    maxChoices: z.int().min(1).max(12).optional(),
    reveal: z.enum(PollReveal).default('AFTER_VOTE'),
    anonymity: z.enum(PollAnonymity).default('ANONYMOUS'),
    admittedOnly: z.boolean().default(false),
    seconds: Seconds.default(null),
  }),
  output: Poll,
  errors: ['CONFLICT'],
  http: 'POST /v1/events/{eventId}/polls',
});

export const edit = operation({
  name: 'poll.edit',
  summary:
    'Put a poll right. Options are as many as before, each in its place; after the first vote the poll says that it was edited.',
  access: 'user',
  durability: 'committed',
  scopes: ['EVENTS_WRITE'],
  rates,
  input: ofPoll.extend({
    version: z.int().min(1),
    prompt: line(300).optional(),
    options: z.array(OptionText).max(12).optional(),
    reveal: z.enum(PollReveal).optional(),
    seconds: Seconds.optional(),
  }),
  output: Poll,
  errors: ['CONFLICT'],
  http: 'PATCH /v1/events/{eventId}/polls/{pollId}',
});

const moving = { access: 'user', durability: 'committed', scopes: ['EVENTS_WRITE'], rates } as const;

export const open = operation({
  name: 'poll.open',
  summary: 'Let people vote; within ten minutes after its close a poll may be opened again.',
  ...moving,
  input: ofPoll,
  output: Poll,
  errors: ['CONFLICT'],
  http: 'POST /v1/events/{eventId}/polls/{pollId}/open',
});

export const close = operation({
  name: 'poll.close',
  summary:
    'Take no more votes. Ten minutes later the key of an anonymous poll is destroyed: from then on nobody can find out who voted for what.',
  ...moving,
  input: ofPoll,
  output: Poll,
  errors: ['CONFLICT'],
  http: 'POST /v1/events/{eventId}/polls/{pollId}/close',
});

export const cancel = operation({
  name: 'poll.cancel',
  summary: 'Take a poll back that is a draft or open; nobody sees its results.',
  ...moving,
  input: ofPoll,
  output: Poll,
  errors: ['CONFLICT'],
  http: 'POST /v1/events/{eventId}/polls/{pollId}/cancel',
});

export const reorder = operation({
  name: 'poll.reorder',
  summary: 'Put polls into an order; those that are not named follow as they were.',
  ...moving,
  input: ofEvent.extend({ pollIds: z.array(Id).min(1).max(200) }),
  output: z.object({ pollIds: z.array(Id) }),
  errors: [],
  http: 'PUT /v1/events/{eventId}/polls/order',
});

/** `delete` is a reserved word. */
export const remove = operation({
  name: 'poll.delete',
  summary: 'Throw a draft away.',
  ...moving,
  input: ofPoll,
  output: z.object({ pollId: Id }),
  errors: ['CONFLICT'],
  http: 'DELETE /v1/events/{eventId}/polls/{pollId}',
});

export const vote = operation({
  name: 'poll.vote',
  summary:
    'Vote, or vote anew while the poll is open: `choices` are options, a rating is one of its steps, `text` is for a poll in which people write. Nothing that is kept names who voted for what in an anonymous poll.',
  access: 'user',
  durability: 'accepted',
  leavesNoTrace: true,
  rates: [{ limit: 5, windowSeconds: 10, by: 'actor' }],
  input: ofPoll.extend({
    choices: z.array(Id).min(1).max(12).optional(),
    text: line(200).optional(),
  }),
  output: z.object({
    counted: z.literal(true),
    /** Absent where the poll does not show them to the caller now. */
    results: PollResults.optional(),
  }),
  errors: ['CONFLICT', 'GONE'],
});

export const results = operation({
  name: 'poll.results',
  summary: 'How a poll stands, as far as it shows that to the caller now; `results` is null where it does not.',
  access: 'user',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates,
  input: ofPoll,
  output: PollView,
  errors: [],
  http: 'GET /v1/events/{eventId}/polls/{pollId}/results',
});

export const list = operation({
  name: 'poll.list',
  summary: 'The polls of an event in their order; drafts and what was cancelled are for the team.',
  access: 'user',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates,
  input: ofEvent.extend({ ...pageInputById({ most: 50, usual: 20 }) }),
  output: page(PollView),
  errors: [],
  http: 'GET /v1/events/{eventId}/polls',
});

const room = eventRoom;

export const opened = signal({
  name: 'poll.opened',
  summary: 'People may vote, for the first time or again.',
  room,
  data: z.object({ poll: Poll }),
});

export const counted = signal({
  name: 'poll.counted',
  summary: 'How many have voted, and how, where the poll shows that to everybody. Absolute: a later one replaces it.',
  room,
  data: z.object({ pollId: Id, voters: z.int(), votes: Tally.optional() }),
});

export const closed = signal({
  name: 'poll.closed',
  summary:
    'No more votes are taken. The results are final; they are absent where the poll shows them to the team alone.',
  room,
  data: z.object({ pollId: Id, results: z.object({ voters: z.int(), votes: Tally }).optional() }),
});

export const changed = signal({
  name: 'poll.changed',
  summary: 'A poll that is open or closed was put right, cancelled, or its key was destroyed.',
  room,
  data: z.object({ poll: Poll }),
});
