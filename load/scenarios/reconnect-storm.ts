import { openGroups } from './groups.ts';
import { recountUnread } from './recount-unread.ts';
import type { Scenario } from './scenario.ts';

const STORM_EVERY_MS = 10_000;
/** Share of the connections that one storm cuts. */
const CUT_SHARE = 0.5;

/** Chat, while half of all connections are lost at once every ten seconds. */
export const reconnectStorm: Scenario = {
  summary:
    'As chat; every ten seconds half of all connections are cut at once, come back within a second and take up their rooms where they were.',
  prepare: (preparation) => openGroups(preparation, preparation.options.room),
  play: async (crowd) => {
    const storms = crowd.every(STORM_EVERY_MS, () => crowd.cut(CUT_SHARE));
    await crowd.everyNowAndThen(({ room, member }, dueAt) => room.publish(member, dueAt));
    await storms;
  },
  recount: recountUnread,
};
