import type { PollStatus } from '../../../generated/prisma/enums.ts';
import { invalidField } from '../../../kernel/errors.ts';
import { anyone, handle } from '../../../kernel/handler.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { findOnStage, type StandingDeps } from '../standing/standing.ts';
import { list } from './contract.ts';
import { findPoll, pollsOf } from './poll.reads.ts';
import { type TallyDeps, viewPoll } from './tally.ts';

const SEEN_BY_ALL: PollStatus[] = ['OPEN', 'CLOSED'];
const SEEN_BY_TEAM: PollStatus[] = ['DRAFT', 'OPEN', 'CLOSED', 'CANCELLED'];

/** The polls of an event, as far as the caller knows of them. */
export const listPolls = (deps: StandingDeps & TallyDeps) =>
  handle(list, {
    load: ({ eventId }, { actor, now }) => findOnStage(deps, eventId, { actor, now }),
    allow: anyone,
    run: async ({ eventId, cursor, limit }, { viewer }, { actor }) => {
      const after = cursor === undefined ? null : await findPoll(deps.database, eventId, cursor);
      if (cursor !== undefined && !after) throw invalidField('cursor', 'must be a nextCursor');
      const statuses = viewer.supervises ? SEEN_BY_TEAM : SEEN_BY_ALL;
      const rows = await pollsOf(deps.database, eventId, { statuses, after, limit: limit + 1 });
      const { items, nextCursor } = pageBy(rows, limit, ({ id }) => id);
      const views = await Promise.all(items.map((poll) => viewPoll(deps, poll, { viewer, userId: actor.userId })));
      return { items: views, nextCursor };
    },
  });
