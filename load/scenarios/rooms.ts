import { openGroups } from './groups.ts';
import { recountUnread } from './recount-unread.ts';
import type { Scenario } from './scenario.ts';

/** As many messages as the server takes: in every room one is under way at any time. */
export const rooms: Scenario = {
  summary: 'In every room one message is under way at any time: its acknowledgement sends the next member’s.',
  prepare: (preparation) => openGroups(preparation, preparation.options.room),
  play: (crowd) => crowd.oneAfterTheOther(),
  recount: recountUnread,
};
