import type { Transaction } from '../../platform/db/client.ts';
import { DEMO_PEOPLE, emailOf, WHO, type Who } from '../people.ts';
import { GUEST_NAMES, GUESTS, guestId, type Person, type PersonIds } from './guests.ts';

/** No hash in any form: there is no password that fits it. */
const NO_PASSWORD = '!';
const COMPLETION_PERCENT = 75;

const emailOfGuest = (guest: string): string => `${guest}@rally.example`;

/** Whether none of the names of the guests is somebody else's. */
export const areGuestsFree = async (tx: Transaction): Promise<boolean> => {
  const taken = await tx.user.count({
    where: { OR: [{ username: { in: GUEST_NAMES } }, { email: { in: GUEST_NAMES.map(emailOfGuest) } }] },
  });
  return taken === 0;
};

/** Makes the guests, and gives all people of the demo world the place they live in. @returns everybody's ids */
export const writeGuests = async (tx: Transaction, now: Date): Promise<PersonIds> => {
  await tx.user.createMany({
    data: GUEST_NAMES.map((guest) => {
      return { id: guestId(guest), email: emailOfGuest(guest), username: guest, password: NO_PASSWORD, createdAt: now };
    }),
  });
  await tx.profile.createMany({
    data: GUEST_NAMES.map((guest) => {
      return {
        userId: guestId(guest),
        ...GUESTS[guest],
        profileCompletionPercentage: COMPLETION_PERCENT,
        createdAt: now,
      };
    }),
  });
  const people = await tx.user.findMany({
    where: { email: { in: WHO.map(emailOf) } },
    select: { id: true, username: true },
  });
  const known = new Map<string, string>(people.map(({ id, username }) => [username, id]));
  const entries = [...WHO, ...GUEST_NAMES].map((person): [Person, string] => [
    person,
    known.get(person) ?? guestIdOf(person),
  ]);
  // Safe: one entry for each name.
  return Object.fromEntries(entries) as PersonIds;
};

const guestIdOf = (person: Person): string => {
  if (person in DEMO_PEOPLE) throw new Error(`${DEMO_PEOPLE[person as Who].firstName} is missing`);
  return guestId(person as Exclude<Person, Who>);
};
