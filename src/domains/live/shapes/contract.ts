import { z } from 'zod';
import {
  DismissalReason,
  LiveStatus,
  PollAnonymity,
  PollKind,
  PollReveal,
  PollStatus,
  QuestionStatus,
} from '../../../generated/prisma/enums.ts';
import { Id, Time } from '../../../kernel/wire.ts';

/** The emoji that people can applaud with. */
export const APPLAUSE = ['👏', '❤️', '🔥', '🎉', '😂', '😮', '😢', '🙌', '👍', '💯', '✨', '🎵'] as const;

/** Who takes part: everybody who may watch, who holds a ticket, or whom the door let in. */
export const StageAudience = z.enum(['ANYONE_WATCHING', 'TICKET', 'ADMITTED']);
/** Whether questions are taken, and whether the team looks at each before others see it. */
export const QuestionMode = z.enum(['OFF', 'OPEN', 'MODERATED']);

export const LiveSettings = z
  .object({
    audience: StageAudience,
    applause: z.boolean(),
    questions: QuestionMode,
    anonymousQuestions: z.boolean(),
    /** Whether the chat of the event is slowed by itself while too much is said in it. */
    autoSlow: z.boolean(),
  })
  .meta({ id: 'LiveSettings' });

export const USUAL_SETTINGS: z.output<typeof LiveSettings> = {
  audience: 'ANYONE_WATCHING',
  applause: true,
  questions: 'OPEN',
  anonymousQuestions: true,
  autoSlow: true,
};

export const LiveSession = z
  .object({
    eventId: Id,
    status: z.enum(LiveStatus),
    openedAt: Time.nullable(),
    endedAt: Time.nullable(),
    settings: LiveSettings,
    /** To be sent with the next change of the settings. */
    version: z.int(),
  })
  .meta({ id: 'LiveSession' });

/** Counts by something that has a name, an emoji or an option. */
export const Tally = z.record(z.string(), z.int());

export const PollOption = z.object({ id: Id, text: z.string() }).meta({ id: 'PollOption' });

/** A poll as everybody sees it. */
export const Poll = z
  .object({
    id: Id,
    eventId: Id,
    kind: z.enum(PollKind),
    prompt: z.string(),
    status: z.enum(PollStatus),
    reveal: z.enum(PollReveal),
    anonymity: z.enum(PollAnonymity),
    maxChoices: z.int(),
    admittedOnly: z.boolean(),
    /** Of a rating: its steps, from the lowest. None where people write. */
    options: z.array(PollOption),
    seconds: z.int().nullable(),
    openedAt: Time.nullable(),
    closesAt: Time.nullable(),
    closedAt: Time.nullable(),
    /** Its text was put right after people had voted. */
    isEdited: z.boolean(),
    /** The key is destroyed: nobody can find out any more who voted for what. */
    isSealed: z.boolean(),
    sortOrder: z.int(),
    version: z.int(),
  })
  .meta({ id: 'Poll' });

export const PollResults = z
  .object({
    voters: z.int(),
    /** By option; an option that nobody chose is absent. */
    votes: Tally,
    /** Of a rating, from 1 for the lowest step. */
    average: z.number().nullable(),
    /** Of a poll in which people write: words that two or more wrote, the most frequent first. */
    words: z.array(z.object({ word: z.string(), count: z.int() })),
  })
  .meta({ id: 'PollResults' });

/** A poll with what one person may see of it. */
export const PollView = Poll.extend({
  voters: z.int(),
  /** Null where the poll does not show them to the caller now. */
  results: PollResults.nullable(),
  /** The caller's own vote; null for none, and once the key of an anonymous poll is destroyed. */
  mine: z.object({ choices: z.array(Id), text: z.string().nullable() }).nullable(),
}).meta({ id: 'PollView' });

/** A question as everybody sees it. */
export const Question = z
  .object({
    id: Id,
    eventId: Id,
    /** Null for a question that was asked anonymously. */
    authorId: Id.nullable(),
    body: z.string(),
    status: z.enum(QuestionStatus),
    /** Its author counts once. */
    upvotes: z.int(),
    answer: z.string().nullable(),
    dismissalReason: z.enum(DismissalReason).nullable(),
    mergedIntoId: Id.nullable(),
    createdAt: Time,
    version: z.int(),
  })
  .meta({ id: 'Question' });

export const QuestionView = Question.extend({
  /** The caller asked it. */
  isOwn: z.boolean(),
  /** The caller wants it answered. */
  isUpvoted: z.boolean(),
}).meta({ id: 'QuestionView' });

/** The public numbers of questions that were asked, answered and dismissed. */
export const QuestionCounts = z
  .object({ asked: z.int(), answered: z.int(), dismissed: z.int() })
  .meta({ id: 'QuestionCounts' });

export const Pinned = z
  .object({ updateId: Id, title: z.string(), body: z.string(), until: Time.nullable() })
  .meta({ id: 'PinnedAnnouncement' });
