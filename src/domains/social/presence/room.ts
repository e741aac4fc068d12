import type { Actor } from '../../../kernel/actor.ts';
import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { PictureLinks } from '../../../platform/pictures/picture-links.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import { maySeeEvent } from '../../events/api.ts';
import { findMembership } from '../chat/member.reads.ts';
import { findPeople } from '../chat/people.ts';
import { friendsOf } from '../friendship/friendship.reads.ts';
import { room } from './contract.ts';
import { orOverloaded } from './or-overloaded.ts';
import { type CountedRoom, readRoom } from './room-kind.rules.ts';
import { membersOfSmallChats } from './small-chat.reads.ts';
import { lookAt } from './visible.ts';

const SAMPLE = 50;
/** People looked at for the sample: not all are for everybody to see. */
const LOOKED_AT = 200;

interface Deps {
  database: Database;
  presence: Presence;
  pictures: PictureLinks;
}

/** Says how many are in a room, and names some of them. */
export const showRoomPresence = (deps: Deps) =>
  handle(room, {
    load: async (input, { actor }) => {
      const named = readRoom(input.room);
      return named && (await mayWatch(deps.database, actor, named)) ? named : null;
    },
    allow: anyone,
    run: async (input, named, { actor: { userId: viewerId }, now }) => {
      const { count, userIds } = await orOverloaded(peopleIn(deps, input.room, named, viewerId));
      const looked = await orOverloaded(lookAt(deps, { viewerId, userIds, now }));
      const here = looked.flatMap(({ view }) => (view.status === 'OFFLINE' ? [] : [view.userId]));
      const shown = here.slice(0, SAMPLE);
      const people = await findPeople(deps.database, shown, { pictures: deps.pictures, now });
      return { room: input.room, count: count ?? here.length, sample: shown.flatMap((id) => people.get(id) ?? []) };
    },
  });

const mayWatch = async (database: Database, actor: Actor, { kind, id }: CountedRoom): Promise<boolean> =>
  kind === 'event' ? maySeeEvent(database, actor, id) : (await findMembership(database, id, actor.userId)) !== null;

interface People {
  /** Null where the viewer's own look is the count. */
  count: number | null;
  /** Some of them, friends of the viewer first. */
  userIds: string[];
}

const peopleIn = async (deps: Deps, name: string, named: CountedRoom, viewerId: string): Promise<People> => {
  const small = named.kind === 'chat' ? await membersOfSmallChats(deps.database, [named.id]) : null;
  const members = small?.get(named.id);
  // A number of so few would tell who of them is here.
  return members ? { count: null, userIds: members } : seatedIn(deps, name, viewerId);
};

const seatedIn = async ({ database, presence: { people } }: Deps, name: string, viewerId: string): Promise<People> => {
  const friends = await friendsOf(database, viewerId);
  const [count, friendsHere, others] = await Promise.all([
    people.countIn(name),
    people.seatedAmong(name, friends),
    people.someIn(name, LOOKED_AT),
  ]);
  return { count, userIds: [...new Set([...friendsHere.slice(0, SAMPLE), ...others])] };
};
