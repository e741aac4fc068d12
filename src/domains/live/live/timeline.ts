import { anyone, handle } from '../../../kernel/handler.ts';
import { updatesSince } from '../../events/api.ts';
import { messagesSince } from '../../social/api.ts';
import { findPoll } from '../poll/poll.reads.ts';
import { type TallyDeps, viewPoll } from '../poll/tally.ts';
import type { Viewer } from '../standing/policy.ts';
import { findOnStage, type StandingDeps } from '../standing/standing.ts';
import { timeline } from './contract.ts';
import { applauseMoments, pollMoments, questionMoments } from './timeline.reads.ts';
import { cursorAt, type From, fromFor, inOrder, type MomentKind, readEnd } from './timeline.rules.ts';

type Deps = StandingDeps & TallyDeps;

interface Asking {
  eventId: string;
  userId: string;
  viewer: Viewer;
  limit: number;
  from: (kind: MomentKind) => From;
}

const BEGINNING = new Date(0);

/** The evening in the order it happened, merged from where each thing is stored. */
export const showTimeline = (deps: Deps) =>
  handle(timeline, {
    load: ({ eventId }, { actor, now }) => findOnStage(deps, eventId, { actor, now }),
    allow: anyone,
    run: async ({ eventId, from, cursor, limit }, { viewer }, { actor }) => {
      const start = from === undefined ? BEGINNING : new Date(from);
      const end = readEnd(cursor);
      const asking: Asking = {
        ...{ eventId, userId: actor.userId, viewer, limit: limit + 1 },
        from: (kind) => fromFor(kind, start, end),
      };
      const found = await Promise.all([
        updates(deps, asking),
        polls(deps, asking),
        questions(deps, asking),
        messages(deps, asking),
        applause(deps, asking),
      ]);
      const page = found
        .flat()
        .sort(inOrder)
        .slice(0, limit + 1);
      const items = page.slice(0, limit);
      const last = items.at(-1);
      return {
        items: await Promise.all(items.map((moment) => shown(deps, asking, moment))),
        nextCursor: page.length > limit && last ? cursorAt(last) : null,
      };
    },
  });

const updates = async ({ database }: Deps, { eventId, viewer, from, limit }: Asking) => {
  const isParticipant = viewer.isTeam || viewer.isAdmitted;
  const rows = await updatesSince(database, { eventId, isParticipant, from: from('UPDATE'), limit });
  return rows.map((row) => ({ kind: 'UPDATE' as const, ...row }));
};

const polls = async ({ database }: Deps, { eventId, from, limit }: Asking) => {
  const rows = await pollMoments(database, eventId, { from: from('POLL'), limit });
  return rows.map((row) => ({ kind: 'POLL' as const, ...row }));
};

const questions = async ({ database }: Deps, { eventId, from, limit }: Asking) => {
  const rows = await questionMoments(database, eventId, { from: from('QUESTION'), limit });
  return rows.map((row) => ({ kind: 'QUESTION' as const, ...row }));
};

const messages = async ({ database }: Deps, { eventId, userId, from, limit }: Asking) => {
  const rows = await messagesSince(database, { chatId: eventId, userId, from: from('MESSAGE'), limit });
  return rows.map((row) => ({ kind: 'MESSAGE' as const, ...row }));
};

const applause = async ({ database }: Deps, { eventId, from, limit }: Asking) => {
  const rows = await applauseMoments(database, eventId, { from: from('APPLAUSE'), limit });
  return rows.map((row) => ({ kind: 'APPLAUSE' as const, id: String(row.at.getTime()), ...row }));
};

type Found = Awaited<
  ReturnType<typeof updates | typeof polls | typeof questions | typeof messages | typeof applause>
>[number];

const shown = async (deps: Deps, { eventId, userId, viewer }: Asking, moment: Found) => {
  const at = moment.at.toISOString();
  if (moment.kind !== 'POLL') return { ...moment, at };
  const poll = await findPoll(deps.database, eventId, moment.id);
  const view = poll && (await viewPoll(deps, poll, { viewer, userId }));
  return {
    ...{ ...moment, at, prompt: view?.prompt ?? '', options: view?.options ?? [] },
    ...{ closedAt: view?.closedAt ?? null, results: view?.results ?? null },
  };
};
