import { seedId } from '../ids.ts';
import { DEMO_PEOPLE, WHO, type Who } from '../people.ts';

/** People of the demo world besides those whose logins are shown; nobody can sign in as them. */
export const GUESTS = {
  ayesha: {
    firstName: 'Ayesha',
    lastName: 'Rahman',
    city: 'Dhaka',
    bio: 'Runs the Saturday market stall with too many plants.',
  },
  tanvir: { firstName: 'Tanvir', lastName: 'Hasan', city: 'Dhaka', bio: 'Bass player. Yes, also at weddings.' },
  nadia: { firstName: 'Nadia', lastName: 'Karim', city: 'Dhaka', bio: 'Teaches physics, cooks for forty.' },
  rafiq: {
    firstName: 'Rafiq',
    lastName: 'Ahmed',
    city: 'Chattogram',
    bio: 'Rides to work, rides home, rides on Sunday.',
  },
  mei: { firstName: 'Mei', lastName: 'Tanaka', city: 'Dhaka', bio: 'Translator, board game hoarder.' },
  jonas: { firstName: 'Jonas', lastName: 'Weber', city: 'Berlin', bio: 'Synthesisers with more cables than sound.' },
  zainab: { firstName: 'Zainab', lastName: 'Chowdhury', city: 'Sylhet', bio: 'Tea, hills, and a camera.' },
  omar: {
    firstName: 'Omar',
    lastName: 'Siddique',
    city: 'Dhaka',
    bio: 'Volunteers wherever there is a river to clean.',
  },
  lucia: { firstName: 'Lucía', lastName: 'Fernández', city: 'Dhaka', bio: 'Sketches strangers on trains.' },
  farhan: { firstName: 'Farhan', lastName: 'Islam', city: 'Dhaka', bio: 'Learning to bake. Neighbours benefit.' },
} as const;

export type Guest = keyof typeof GUESTS;
export type Person = Who | Guest;

// Safe: the keys of the object above.
export const GUEST_NAMES = Object.keys(GUESTS) as Guest[];
export const EVERYBODY: Person[] = [...WHO, ...GUEST_NAMES];

export const guestId = (guest: Guest): string => seedId(`person ${guest}`);

/** Ids of everybody in the demo world, given those of the people with a login. */
export type PersonIds = Readonly<Record<Person, string>>;

export const nameOf = (person: Person): string =>
  (person in GUESTS ? GUESTS[person as Guest] : DEMO_PEOPLE[person as Who]).firstName;
