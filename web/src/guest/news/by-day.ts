import { isSameDay } from '../../format.ts';
import type { Notification } from './address-of.ts';

/** News by the days on which they came, in the order in which they are given. */
export const byDay = (news: readonly Notification[]): Notification[][] => {
  const days: Notification[][] = [];
  for (const each of news) {
    const day = days.at(-1);
    if (day?.[0] && isSameDay(day[0].createdAt, each.createdAt)) day.push(each);
    else days.push([each]);
  }
  return days;
};
