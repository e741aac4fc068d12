import { openGroups } from './groups.ts';
import type { Scenario } from './scenario.ts';

/** One in so many says something; the others listen and react. */
const TALKERS = 20;

/** A hall: one room of all, few of whom talk. */
export const liveEvent: Scenario = {
  summary: 'One room of everybody (of up to 5,000 people in each process): one in twenty talks, the others react.',
  latencies: ['chat.react'],
  prepare: (preparation) => openGroups(preparation, Math.min(5_000, preparation.people.length)),
  play: (crowd) =>
    crowd.everyNowAndThen(({ room, member }, dueAt) => {
      if (member % TALKERS === 0) room.publish(member, dueAt);
      else crowd.react(room, member, dueAt);
    }),
};
