import { anyone, handle } from '../../../kernel/handler.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { pollsOnStage } from '../poll/poll.reads.ts';
import { type TallyDeps, viewPoll } from '../poll/tally.ts';
import { viewQuestion } from '../question/present.ts';
import { countQuestions, topQuestions } from '../question/question.reads.ts';
import { byUpvotes } from '../question/question.rules.ts';
import { endOfLog, withUpvotes } from '../question/upvotes.ts';
import { roomOf } from '../room-name.rules.ts';
import { APPLAUSE } from '../shapes/contract.ts';
import { takesPart, type Viewer } from '../standing/policy.ts';
import { findStage, type Stage } from '../standing/standing.reads.ts';
import { findOnStage, type StandingDeps } from '../standing/standing.ts';
import type { ApplauseStore } from './applause.store.ts';
import { get } from './contract.ts';
import { showStage } from './present.ts';

interface Deps extends StandingDeps, TallyDeps {
  applause: Pick<ApplauseStore, 'totals'>;
  rooms: Pick<RoomLog, 'position' | 'undurable'>;
}

/** Open polls, and the last that were closed. */
const POLLS = 25;
const QUESTIONS = 20;

/** The stage as it stands, with the caller's own votes. */
export const getLive = (deps: Deps) =>
  handle(get, {
    load: ({ eventId }, { actor, now }) => findOnStage(deps, eventId, { actor, now }),
    allow: anyone,
    run: async ({ eventId }, { stage, viewer }, { actor, now }) => {
      // First: what is appended meanwhile is applied on top, and counts are absolute.
      const { seq, epoch } = await deps.rooms.position(roomOf(eventId));
      const { userId } = actor;
      const [stored, totals, polls, questions, questionCounts] = await Promise.all([
        findStage(deps.database, eventId),
        deps.applause.totals(eventId),
        pollsOnStage(deps.database, eventId, POLLS),
        questionsOnStage(deps, eventId, userId),
        countQuestions(deps.database, eventId),
      ]);
      return {
        ...showStage(stage),
        ...{ emoji: [...APPLAUSE], applause: totals?.applause ?? stored.applause },
        ...{ viewers: stage.status === 'ENDED' ? 0 : (totals?.viewers ?? 0), peakViewers: stored.peakViewers },
        pinned: pinnedAt(stage, now),
        polls: await Promise.all(polls.map((poll) => viewPoll(deps, poll, { viewer, userId }))),
        ...{ questions, questionCounts, mine: standingOf(stage, viewer, now), seq, epoch },
      };
    },
  });

const questionsOnStage = async ({ database, rooms }: Deps, eventId: string, userId: string) => {
  const entries = await endOfLog(rooms, eventId);
  const rows = await topQuestions(database, { eventId, userId, limit: QUESTIONS }, null);
  const current = await withUpvotes(database, rows, { userId, entries });
  return current
    .sort((a, b) => byUpvotes(a.row, b.row))
    .map(({ row, isUpvoted }) => viewQuestion(row, { userId, isUpvoted }));
};

const pinnedAt = ({ pinned }: Stage, now: Date): Stage['pinned'] =>
  pinned && (pinned.until === null || new Date(pinned.until) > now) ? pinned : null;

const standingOf = ({ status, settings }: Stage, viewer: Viewer, now: Date) => {
  const { mutedUntilMs } = viewer;
  const isMuted = mutedUntilMs !== null && mutedUntilMs > now.getTime();
  return {
    isTeam: viewer.supervises,
    takesPart: status === 'OPEN' && takesPart(settings.audience, viewer, now.getTime()),
    mutedUntil: isMuted ? new Date(mutedUntilMs).toISOString() : null,
  };
};
