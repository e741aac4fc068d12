import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Pictured } from '../../media/api.ts';
import { canSeeEvent } from '../event/policy.ts';
import { findSubject } from '../event/subject.ts';
import { list } from './contract.ts';
import { type MemberRow, membersOf } from './host.reads.ts';
import { ownerOf, seatOf, showTeam } from './present.ts';

/** Who runs the event. */
export const listHosts = ({ database, pictures }: Pictured & { database: Database }) =>
  handle(list, {
    load: ({ eventId }, { actor }) => findSubject(database, eventId, actor),
    sees: canSeeEvent,
    allow: anyone,
    run: async (_input, { event, standing }, { actor, now }) => {
      const members = await membersOf(database, event.id);
      const isInside = standing.role !== null || standing.isStaff;
      const shown = isInside ? members : members.filter(isFace);
      const viewer = { userId: actor?.userId ?? null, role: standing.role };
      const seats = shown.map((member) => seatOf(member, viewer));
      return { items: await showTeam(database, [ownerOf(event), ...seats], { pictures, now }) };
    },
  });

/** Who stands for the event in public. */
const isFace = ({ role, acceptedAt }: MemberRow): boolean => role === 'CO_HOST' && acceptedAt !== null;
