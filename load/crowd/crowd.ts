import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dialect } from '../generator/dialects/dialect.ts';
import { isRecord } from '../generator/dialects/dialect.ts';
import type { Room } from '../generator/room.ts';
import type { Session } from '../generator/session.ts';
import type { Member } from './member.ts';
import type { Report } from './report.ts';
import { createSchedule } from './schedule.ts';

export type { Member } from './member.ts';

/** Who is to do something, and where. */
export interface Turn {
  room: Room;
  /** The member's place in the room. */
  member: number;
}

/** What a server said to a call that is no message. */
export type CallAnswer =
  | { ok: true; data: unknown }
  | { ok: false; code: string; retryable: boolean; retryAfterMs?: number };

interface RoomCall extends Turn {
  input: object;
  /** When it was to be made, by `performance.now()`: latency counts from then. */
  dueAt: number;
}

/** The users of one process, and everything that a scenario can have them do. */
export interface Crowd {
  members: readonly Member[];
  rooms: readonly Room[];
  /** 0 to 1, from the run's seed. */
  random: () => number;
  /** A new id, for idempotency keys. */
  id: () => string;
  /** Has every user who is in a room act again and again, at random times with the mean of `--think`, until the end. */
  everyNowAndThen: (act: (turn: Turn, dueAt: number) => void) => Promise<void>;
  /** In every room one message at a time, until the end. */
  oneAfterTheOther: () => Promise<void>;
  /** Does something every so often until the end. */
  every: (ms: number, run: () => void) => Promise<void>;
  /** Cuts a share of the connections without a word; they come back by themselves. */
  cut: (share: number) => void;
  /** Makes a call in the name of a room's member; its latency is told under the operation's name. */
  call: (name: string, call: RoomCall) => void;
  /** Adds a reaction to the room's latest message. */
  react: (room: Room, member: number, dueAt: number) => void;
  /** As `call`, and gives the answer. */
  ask: (member: Member, call: { name: string; input: object; dueAt: number }) => Promise<CallAnswer>;
  /** Counts something that is told in the report. */
  count: (name: string) => void;
  /** Notes something that must not be. */
  fault: (name: string, meaning: string) => void;
}

export interface CrowdParts {
  members: Member[];
  rooms: Room[];
  dialect: Dialect;
  report: Report;
  random: () => number;
  thinkMs: number;
  /** By `performance.now()`. */
  endAt: number;
  isStopped: () => boolean;
  cut: (share: number) => void;
}

/** How often what is due is looked for. */
const TICK_MS = 2;
const REFUSED_PAUSE_MS = 100;
const EMOJI = ['👏', '🔥', '🎉'];

export const createCrowd = (parts: CrowdParts): Crowd => {
  const { members, rooms, dialect, report, random, thinkMs, endAt, isStopped, cut } = parts;
  const isOver = (): boolean => isStopped() || performance.now() >= endAt;
  const pauseOf = (): number => -Math.log(1 - random()) * thinkMs;

  const make = (
    session: Session,
    { name, input, dueAt }: { name: string; input: object; dueAt: number },
    answered?: (answer: CallAnswer) => void,
  ): void =>
    session.call(name, JSON.stringify(input), (answer) => {
      const read = readAnswer(answer);
      if (read.ok) report.sample(name, performance.now() - dueAt);
      else report.refused(`${name} ${read.code}`);
      answered?.(read);
    });

  const ask: Crowd['ask'] = (member, { name, input, dueAt }) =>
    new Promise((resolve) => {
      const { session } = member;
      if (session === null || session.endReason !== undefined) {
        resolve({ ok: false, code: 'UNREACHABLE', retryable: true });
        return;
      }
      const unanswered = (): void => resolve({ ok: false, code: 'UNREACHABLE', retryable: true });
      member.waiting.add(unanswered);
      make(session, { name, input, dueAt }, (answer) => {
        member.waiting.delete(unanswered);
        resolve(answer);
      });
    });

  const call: Crowd['call'] = (name, { room, member, input, dueAt }) => {
    const session = room.publishers[member];
    if (session === undefined || session.endReason !== undefined) return;
    make(session, { name, input, dueAt });
  };

  const publishWhile = (turn: Turn): void => {
    if (isOver()) return;
    const { room, member } = turn;
    const next = { room, member: (member + 1) % room.publishers.length };
    room.publish(member, performance.now(), ({ refusal, retryAfterMs }) => {
      if (refusal === undefined) publishWhile(next);
      else setTimeout(() => publishWhile(next), retryAfterMs ?? REFUSED_PAUSE_MS);
    });
  };

  return {
    members,
    rooms,
    random,
    id: randomUUID,
    everyNowAndThen: async (act) => {
      const schedule = createSchedule();
      const startedAt = performance.now();
      for (const room of rooms) {
        for (const member of room.publishers.keys()) {
          const again = (dueAt: number): void => {
            // Who is not connected misses this turn, as people do.
            const session = room.publishers[member];
            if (session && session.endReason === undefined) act({ room, member }, dueAt);
            const next = dueAt + pauseOf();
            if (next < endAt) schedule.add(next, again);
          };
          schedule.add(startedAt + pauseOf(), again);
        }
      }
      while (!isOver()) {
        report.late(schedule.runDue(performance.now()));
        await sleep(TICK_MS);
      }
    },
    oneAfterTheOther: async () => {
      for (const room of rooms) publishWhile({ room, member: 0 });
      while (!isOver()) await sleep(TICK_MS * 10);
    },
    every: async (ms, run) => {
      for (let at = performance.now() + ms; at < endAt && !isStopped(); at += ms) {
        while (performance.now() < at && !isStopped()) await sleep(Math.min(250, at - performance.now()));
        if (!isOver()) run();
      }
    },
    cut,
    call,
    react: (room, member, dueAt) => {
      if (room.highestSeq < 1) return;
      const emoji = EMOJI[Math.floor(random() * EMOJI.length)] ?? '👏';
      const reaction = dialect.react?.({ room: room.id, seq: room.highestSeq, emoji });
      if (reaction) call(reaction.name, { room, member, input: JSON.parse(reaction.inputJson) as object, dueAt });
    },
    ask,
    count: report.count,
    fault: report.fault,
  };
};

const readAnswer = (answer: unknown): CallAnswer => {
  if (isRecord(answer) && answer.ok === true) return { ok: true, data: answer.data };
  const error = isRecord(answer) && isRecord(answer.error) ? answer.error : {};
  return {
    ok: false,
    code: typeof error.code === 'string' ? error.code : 'UNKNOWN',
    retryable: error.retryable === true,
    ...(typeof error.retryAfterMs === 'number' && { retryAfterMs: error.retryAfterMs }),
  };
};
