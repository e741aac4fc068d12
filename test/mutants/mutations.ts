import { access } from './catalogue/access.ts';
import { booking } from './catalogue/booking.ts';
import { chats } from './catalogue/chats.ts';
import { commits } from './catalogue/commits.ts';
import { delivery } from './catalogue/delivery.ts';
import { disputes } from './catalogue/disputes.ts';
import { events } from './catalogue/events.ts';
import { facts } from './catalogue/facts.ts';
import { money } from './catalogue/money.ts';
import { news } from './catalogue/news.ts';
import { payouts } from './catalogue/payouts.ts';
import { rooms } from './catalogue/rooms.ts';
import { sdk } from './catalogue/sdk.ts';
import { sockets } from './catalogue/sockets.ts';
import { uploads } from './catalogue/uploads.ts';
import type { Mutation } from './mutation.ts';

/** Every mutation that is kept, in the order in which they are tried. */
export const mutations: readonly Mutation[] = [
  ...rooms,
  ...delivery,
  ...sockets,
  ...sdk,
  ...commits,
  ...facts,
  ...booking,
  ...events,
  ...money,
  ...disputes,
  ...payouts,
  ...access,
  ...uploads,
  ...news,
  ...chats,
];
