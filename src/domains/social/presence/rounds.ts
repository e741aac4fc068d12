import type { Watches } from './watches.ts';

/** The next of all names, in turn. @param share how much of all of them */
export type Round = (share: number) => string[];

const createRound = (names: () => IterableIterator<string>, count: () => number): Round => {
  let rest = names();
  let owed = 0;
  return (share) => {
    owed = Math.min(count(), owed + count() * share);
    const some: string[] = [];
    while (owed >= 1) {
      const next = rest.next();
      if (next.done) {
        rest = names();
        break;
      }
      owed -= 1;
      some.push(next.value);
    }
    return some;
  };
};

/** Goes round all that is followed, a share at a time. */
export const createRounds = (watches: Watches): { subjects: Round; users: Round } => ({
  subjects: createRound(watches.subjects, watches.subjectCount),
  users: createRound(watches.users, watches.userCount),
});
