import { openGroups } from './groups.ts';
import { recountUnread } from './recount-unread.ts';
import type { Scenario } from './scenario.ts';

/** People in groups, each of whom says something now and then. */
export const chat: Scenario = {
  summary:
    'Groups of people, each of whom sends a message now and then; every message must reach every member once, in one order.',
  prepare: (preparation) => openGroups(preparation, preparation.options.room),
  play: (crowd) => crowd.everyNowAndThen(({ room, member }, dueAt) => room.publish(member, dueAt)),
  recount: recountUnread,
};
