/** Shared by the demo people and printed at every start, so never to be let into production. */
export const DEMO_PASSWORD = 'rally-demo';

export type Who = 'ada' | 'grace' | 'linus' | 'margaret';

/** Who a fresh installation knows, by username. */
export const DEMO_PEOPLE: Record<Who, { firstName: string; lastName: string; bio: string }> = {
  ada: { firstName: 'Ada', lastName: 'Lovelace', bio: 'Writes programs for machines that do not exist yet.' },
  grace: { firstName: 'Grace', lastName: 'Hopper', bio: 'Hands out nanoseconds. Ask forgiveness, not permission.' },
  linus: { firstName: 'Linus', lastName: 'Torvalds', bio: 'Just a hobby, won’t be big and professional.' },
  margaret: { firstName: 'Margaret', lastName: 'Hamilton', bio: 'Nothing is impossible with enough test runs.' },
};

export const WHO = Object.keys(DEMO_PEOPLE) as Who[];

export const emailOf = (who: Who): string => `${who}@rally.example`;
