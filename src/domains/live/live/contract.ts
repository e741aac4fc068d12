import { z } from 'zod';
import { operation } from '../../../kernel/contract.ts';
import { Instant } from '../../../kernel/instants.ts';
import { emoji, line, text } from '../../../kernel/texts.ts';
import { Id, page, pageInputById, Time } from '../../../kernel/wire.ts';
import {
  APPLAUSE,
  LiveSession,
  LiveSettings,
  Pinned,
  PollResults,
  PollView,
  QuestionCounts,
  QuestionView,
  Tally,
} from '../shapes/contract.ts';

const ofEvent = z.object({ eventId: Id });
const rates = [{ limit: 60, windowSeconds: 60, by: 'actor' }] as const;

export const LiveSnapshot = LiveSession.extend({
  /** The emoji that applause may be. */
  emoji: z.array(z.string()),
  viewers: z.int(),
  peakViewers: z.int(),
  /** Applause of the whole evening. */
  applause: Tally,
  pinned: Pinned.nullable(),
  /** Polls that are open, and the last ones that were closed. */
  polls: z.array(PollView),
  /** The twenty that most people want answered. */
  questions: z.array(QuestionView),
  questionCounts: QuestionCounts,
  /** How the caller stands to the stage. */
  mine: z.object({
    isTeam: z.boolean(),
    /** Whether they may vote, ask and applaud now. */
    takesPart: z.boolean(),
    mutedUntil: Time.nullable(),
  }),
  /** The room's log up to here is in the snapshot: what comes later is applied on top. */
  seq: z.int(),
  epoch: z.string(),
}).meta({ id: 'LiveSnapshot' });

export const get = operation({
  name: 'live.get',
  summary: 'The stage of an event as it stands, with the caller’s own votes.',
  access: 'user',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: ofEvent,
  output: LiveSnapshot,
  errors: [],
  http: 'GET /v1/events/{eventId}/live',
});

export const applaud = operation({
  name: 'live.applaud',
  summary:
    'Applaud while the stage is open. What goes beyond 300 within ten seconds is not counted and not refused: `taken` says how much was.',
  access: 'user',
  durability: 'ephemeral',
  // A fuse against floods alone; from this many calls on they are counted in leases.
  rates: [{ limit: 500, windowSeconds: 10, by: 'actor' }],
  input: ofEvent.extend({
    emoji: emoji().pipe(z.enum(APPLAUSE, `must be one of ${APPLAUSE.join(' ')}`)),
    count: z.int().min(1).max(20).default(1),
  }),
  output: z.object({ taken: z.int() }),
  errors: ['CONFLICT'],
});

export const open = operation({
  name: 'live.open',
  summary: 'Open the stage, or go on after a pause.',
  access: 'user',
  durability: 'committed',
  feature: 'HOSTING',
  scopes: ['EVENTS_WRITE'],
  rates,
  input: ofEvent,
  output: LiveSession,
  errors: ['CONFLICT'],
  http: 'POST /v1/events/{eventId}/live/open',
});

export const pause = operation({
  name: 'live.pause',
  summary: 'Let the stage rest: nobody votes, asks or applauds until it is opened again.',
  access: 'user',
  durability: 'committed',
  scopes: ['EVENTS_WRITE'],
  rates,
  input: ofEvent,
  output: LiveSession,
  errors: ['CONFLICT'],
  http: 'POST /v1/events/{eventId}/live/pause',
});

export const close = operation({
  name: 'live.close',
  summary: 'Close the stage for good, and with it every open poll.',
  access: 'user',
  durability: 'committed',
  scopes: ['EVENTS_WRITE'],
  rates,
  input: ofEvent,
  output: LiveSession,
  errors: ['CONFLICT'],
  http: 'POST /v1/events/{eventId}/live/close',
});

export const configure = operation({
  name: 'live.configure',
  summary: 'Change how the stage is run; what is absent stays. CONFLICT when somebody else changed it since `version`.',
  access: 'user',
  durability: 'committed',
  scopes: ['EVENTS_WRITE'],
  rates,
  input: ofEvent.extend({ version: z.int().min(0), ...LiveSettings.partial().shape }),
  output: LiveSession,
  errors: ['CONFLICT'],
  http: 'PATCH /v1/events/{eventId}/live',
});

export const announce = operation({
  name: 'live.announce',
  summary:
    'Say something to the audience: it becomes an update of the event. `pin` keeps it on top in the place of the one before, `until` a time.',
  access: 'user',
  durability: 'committed',
  feature: 'HOSTING',
  scopes: ['EVENTS_WRITE'],
  rates: [{ limit: 6, windowSeconds: 60, by: 'actor' }],
  input: ofEvent.extend({
    title: line(200),
    body: text(2_000),
    audience: z.enum(['PUBLIC', 'PARTICIPANTS']).default('PUBLIC'),
    pin: z.boolean().default(false),
    until: Instant.nullable().optional(),
  }),
  output: z.object({ eventId: Id, updateId: Id, publishedAt: Time }),
  errors: ['CONFLICT'],
  http: 'POST /v1/events/{eventId}/live/announcements',
});

const ofPerson = ofEvent.extend({ userId: Id });
const sentence = {
  minutes: z
    .int()
    .min(1)
    .max(24 * 60),
  reason: line(500),
};
const Muted = z.object({ eventId: Id, userId: Id, until: Time.nullable(), isRemoved: z.boolean() });

export const mutes = operation({
  name: 'live.mutes',
  summary: 'Who takes no part now, muted or sent out, with the reason, for who keeps order. FORBIDDEN for others.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 240, windowSeconds: 60, by: 'actor' }],
  input: ofEvent.extend({ ...pageInputById() }),
  output: page(
    z.object({
      userId: Id,
      /** First and last name. */
      name: z.string(),
      until: Time,
      isRemoved: z.boolean(),
      reason: z.string(),
    }),
  ),
  errors: [],
  http: 'GET /v1/events/{eventId}/live/mutes',
});

export const mute = operation({
  name: 'live.mute',
  summary: 'Let somebody take no part for a while, in the stage and in the event’s chat.',
  access: 'user',
  durability: 'committed',
  rates,
  input: ofPerson.extend(sentence),
  output: Muted,
  errors: ['CONFLICT'],
  http: 'PUT /v1/events/{eventId}/live/mutes/{userId}',
});

export const unmute = operation({
  name: 'live.unmute',
  summary: 'Let somebody take part again who was muted or sent out.',
  access: 'user',
  durability: 'committed',
  rates,
  input: ofPerson,
  output: Muted,
  errors: [],
  http: 'DELETE /v1/events/{eventId}/live/mutes/{userId}',
});

export const remove = operation({
  name: 'live.remove',
  summary: 'Send somebody out of the event’s room for a while. Their ticket stays as it is.',
  access: 'user',
  durability: 'committed',
  rates,
  input: ofPerson.extend(sentence),
  output: Muted,
  errors: ['CONFLICT'],
  http: 'POST /v1/events/{eventId}/live/removals/{userId}',
});

/** One thing of an evening, when it happened. */
const Moment = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('MESSAGE'),
      at: Time,
      id: Id,
      seq: z.int(),
      senderId: Id,
      body: z.string(),
    }),
    z.object({ kind: z.literal('UPDATE'), at: Time, id: Id, title: z.string(), body: z.string() }),
    z.object({
      kind: z.literal('POLL'),
      at: Time,
      id: Id,
      prompt: z.string(),
      options: z.array(z.object({ id: Id, text: z.string() })),
      closedAt: Time.nullable(),
      /** Null where the poll does not show them to the caller. */
      results: PollResults.nullable(),
    }),
    z.object({
      kind: z.literal('QUESTION'),
      at: Time,
      id: Id,
      authorId: Id.nullable(),
      body: z.string(),
      upvotes: z.int(),
      answer: z.string().nullable(),
    }),
    z.object({ kind: z.literal('APPLAUSE'), at: Time, id: z.string(), reactions: Tally }),
  ])
  .meta({ id: 'LiveMoment' });

export const timeline = operation({
  name: 'live.timeline',
  summary:
    'The evening from a time on, in the order it happened: messages for who is in the chat, updates, polls with their results, questions, and the applause of each minute.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: ofEvent.extend({
    from: Instant.optional(),
    cursor: z
      .string()
      .max(200)
      .regex(/^[\w.:-]+$/, 'must be a nextCursor')
      .optional(),
    limit: z.int().min(1).max(100).default(50),
  }),
  output: z.object({ items: z.array(Moment), nextCursor: z.string().nullable() }),
  errors: [],
  http: 'GET /v1/events/{eventId}/live/timeline',
});
