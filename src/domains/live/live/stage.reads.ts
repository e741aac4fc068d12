import type { Transaction } from '../../../platform/db/client.ts';
import { settingsOf } from '../standing/standing.reads.ts';

/** Events whose stage is open or rests, or ended since a time. */
export const runningStages = async (reader: Pick<Transaction, 'liveSession'>, endedSince: Date): Promise<string[]> => {
  const rows = await reader.liveSession.findMany({
    where: { OR: [{ status: { in: ['OPEN', 'PAUSED'] } }, { status: 'ENDED', endedAt: { gte: endedSince } }] },
    select: { eventId: true },
  });
  return rows.map(({ eventId }) => eventId);
};

/** A stage whose chat may have to be slowed, or is. */
export interface Paced {
  eventId: string;
  /** Open, and run so that its chat is slowed by itself. */
  isPaced: boolean;
  isSlowed: boolean;
}

/** Open stages, and those whose chat is still slowed. */
export const pacedStages = async (reader: Pick<Transaction, 'liveSession'>): Promise<Paced[]> => {
  const rows = await reader.liveSession.findMany({
    where: { OR: [{ status: 'OPEN' }, { slowedAt: { not: null } }] },
    select: { eventId: true, status: true, settings: true, slowedAt: true },
  });
  return rows.map(({ eventId, status, settings, slowedAt }) => ({
    eventId,
    isPaced: status === 'OPEN' && settingsOf(settings).autoSlow,
    isSlowed: slowedAt !== null,
  }));
};

/** The stored results of an evening. */
export const sumUp = async (reader: Pick<Transaction, 'liveSession' | 'poll' | 'question'>, eventId: string) => {
  const [stage, polls, groups] = await Promise.all([
    reader.liveSession.findUniqueOrThrow({ where: { eventId }, select: { peakViewers: true, applauseTotal: true } }),
    reader.poll.aggregate({ where: { eventId, status: 'CLOSED' }, _count: { _all: true }, _sum: { voters: true } }),
    reader.question.groupBy({ by: ['status'], where: { eventId }, _count: { _all: true } }),
  ]);
  const of = (...statuses: string[]): number =>
    groups.filter(({ status }) => statuses.includes(status)).reduce((sum, { _count }) => sum + _count._all, 0);
  return {
    peakViewers: stage.peakViewers,
    // Safe: written by the job live.rollUp alone.
    applause: stage.applauseTotal as Record<string, number>,
    polls: polls._count._all,
    votes: polls._sum.voters ?? 0,
    asked: groups.reduce((sum, { _count }) => sum + _count._all, 0),
    answered: of('ANSWERED'),
    unanswered: of('VISIBLE', 'ANSWERING', 'PENDING'),
  };
};

/** Events whose stage ended before a time and was not summed up yet. */
export const unsummarised = async (
  reader: Pick<Transaction, 'liveSession'>,
  before: Date,
  limit: number,
): Promise<string[]> => {
  const rows = await reader.liveSession.findMany({
    where: { status: 'ENDED', endedAt: { lte: before }, summarisedAt: null, openedAt: { not: null } },
    select: { eventId: true },
    orderBy: { endedAt: 'asc' },
    take: limit,
  });
  return rows.map(({ eventId }) => eventId);
};
