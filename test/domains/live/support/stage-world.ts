import type { z } from 'zod';
import { persistStages } from '../../../../src/domains/live/api.writes.ts';
import type { PollResults } from '../../../../src/domains/live/shapes/contract.ts';
import type { RoomEntry } from '../../../../src/kernel/domain.ts';
import type { Answer } from '../../../../src/kernel/execute.ts';
import { metaKey } from '../../../../src/platform/rooms/keys.ts';
import { type EventWorld, openEventWorld } from '../../events/support/event-world.ts';

export interface PollAnswer {
  id: string;
  status: string;
  version: number;
  voters: number;
  isSealed: boolean;
  options: { id: string; text: string }[];
  results: z.output<typeof PollResults> | null;
  mine: { choices: string[]; text: string | null } | null;
}

export interface QuestionAnswer {
  id: string;
  status: string;
  upvotes: number;
  version: number;
  authorId: string | null;
  isUpvoted: boolean;
  dismissalReason: string | null;
}

/** Events with stages, on databases of their own. Logs are stored only when a test asks for it. */
export interface StageWorld extends EventWorld {
  host: string;
  /** An event that was published, with its stage open. @returns its id */
  openStage: (settings?: Record<string, unknown>) => Promise<string>;
  /** An open poll with two options, unless it is said otherwise. */
  openPoll: (eventId: string, poll?: Record<string, unknown>) => Promise<PollAnswer>;
  vote: (userId: string, eventId: string, pollId: string, choices: string[]) => Promise<Answer>;
  /** Entries of an event's room, by signal. */
  told: (eventId: string, signal: string) => Promise<RoomEntry[]>;
  /** Stores what waits in an event's log. With `isTold` false the log does not hear of it, as if the worker had died. */
  store: (eventId: string, count?: number, isTold?: boolean) => Promise<void>;
  /** Redis forgets all that it holds, as if it had been lost. */
  loseRedis: () => Promise<void>;
}

export const codeOf = (answer: Answer): string => (answer.ok ? 'OK' : answer.error.code);

const DATES = { startDate: '2099-02-03T18:00:00.000Z', endDate: '2099-02-03T21:00:00.000Z' };

export const openStageWorld = async (): Promise<StageWorld> => {
  const world = await openEventWorld();
  const { platform, database, ask, call, settle, log, people } = world;
  const host = people[0] ?? '';
  return {
    ...world,
    host,
    openStage: async (settings = {}) => {
      const event = { title: 'Night', description: 'A night.', ...DATES, status: 'PUBLISHED' };
      const { id: eventId } = await ask(host, 'event.create', event);
      await ask(host, 'live.open', { eventId });
      if (Object.keys(settings).length > 0) await ask(host, 'live.configure', { eventId, version: 1, ...settings });
      await settle();
      return eventId;
    },
    openPoll: async (eventId, poll = {}) => {
      const usual = { kind: 'SINGLE', prompt: 'Which?', ...(poll.kind ? {} : { options: ['Red', 'Blue'] }) };
      const { id: pollId } = await ask<PollAnswer>(host, 'poll.create', { eventId, ...usual, ...poll });
      const opened = await ask<PollAnswer>(host, 'poll.open', { eventId, pollId });
      await settle();
      return opened;
    },
    vote: (userId, eventId, pollId, choices) => call(userId, 'poll.vote', { eventId, pollId, choices }),
    told: async (eventId, signal) => (await log(`event:${eventId}`)).filter((entry) => entry.signal === signal),
    store: async (eventId, count = Number.POSITIVE_INFINITY, isTold = true) => {
      const room = `event:${eventId}`;
      const end = (await platform.rooms.undurable([room])).get(room);
      const entries = end?.entries.slice(0, count) ?? [];
      const batch = { room, id: eventId, epoch: end?.position.epoch ?? '', entries };
      await database.$transaction((tx) => persistStages(tx, [batch]));
      const last = entries.at(-1)?.seq;
      if (isTold && last !== undefined) await platform.redis.log.hset(metaKey(room), 'd', last);
    },
    loseRedis: async () => {
      await platform.redis.log.flushdb();
    },
  };
};
