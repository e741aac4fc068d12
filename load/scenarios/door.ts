import type { Crowd, Member } from '../crowd/crowd.ts';
import { isRecord } from '../generator/dialects/dialect.ts';
import type { User } from '../rally/api.ts';
import { countAdmitted, type Doors, openDoors, readDoor } from '../rally/door.ts';
import type { Finding, Preparation, Scenario } from './scenario.ts';

/** Doors of one event; the rest of the people only have tickets. */
const DOORS = 50;
/** One door scans six codes a second, which is what a quick pair of hands does. */
const EVERY_MS = 160;
const TICKETS_PER_DOOR = 100;

/** An event's doors: everybody in its team scans, each code comes to two doors, and only one of them may let it in. */
export const door: Scenario = {
  summary:
    'Up to fifty doors of one event scan six codes a second each. Every code comes to more than one door. No ticket may be let in twice, and all counts must be the same.',
  latencies: ['checkin.scan'],
  prepare: async ({ options, people, tell }) => {
    const doors = Math.min(DOORS, people.length - 1);
    const tickets = doors * TICKETS_PER_DOOR;
    tell(`opening ${doors} doors, and booking ${tickets} tickets`);
    return { rooms: [], more: await openDoors(options.url, usersOf(people), { doors, tickets }) };
  },
  play: async (crowd, more) => {
    // Safe: what `prepare` gave.
    const doors = more as Doors;
    const staff = crowd.members.filter(({ person }) => doors.staffIds.includes(person.id ?? ''));
    await Promise.all(staff.map((member) => scanOn(crowd, member, doors)));
  },
  recount: async (preparation, { more }) => recountDoor(preparation, more as Doors),
};

const usersOf = (people: Preparation['people']): User[] =>
  people.map(({ id = '', token, address = '' }) => {
    if (token === undefined) throw new Error('door needs a Rally server: this adapter has no accounts.');
    return { id, accessToken: token, refreshToken: '', expiresAt: '', address };
  });

/** Scans its share of the codes, then those of the door beside it, and so on. */
const scanOn = (crowd: Crowd, member: Member, { eventId, staffIds, codes }: Doors): Promise<void> => {
  const place = staffIds.indexOf(member.person.id ?? '');
  let next = Math.floor((place * codes.length) / staffIds.length);
  return crowd.every(EVERY_MS, () => {
    const code = codes[next % codes.length] ?? '';
    next += 1;
    const input = { eventId, code, scanId: crowd.id(), deviceId: `door-${place}` };
    void crowd.ask(member, { name: 'checkin.scan', input, dueAt: performance.now() }).then((answer) => {
      const outcome = answer.ok && isRecord(answer.data) ? String(answer.data.outcome) : null;
      if (outcome !== null) crowd.count(outcome);
      if (outcome !== null && outcome !== 'ADMITTED' && outcome !== 'DUPLICATE') {
        crowd.fault('wrongOutcome', `A good ticket was answered ${outcome}.`);
      }
    });
  });
};

const recountDoor = async ({ options, people }: Preparation, { eventId }: Doors): Promise<Finding[]> => {
  const [host] = usersOf(people);
  if (!host) return [];
  const { admitted, inside } = await readDoor(options.url, host, eventId);
  const { scans, tickets } = await countAdmitted(options.url, host, eventId);
  return [
    { name: 'admittedTwice', count: scans - tickets, meaning: 'A ticket was let in more than once.' },
    {
      name: 'countsWrong',
      count: Math.abs(admitted - tickets) + Math.abs(inside - tickets),
      meaning: 'The board counts others than the scans say.',
    },
  ];
};
