import type { Scenario } from './scenario.ts';

/** Counts chats whose number of unread messages is wrong in the end, where the server has such numbers. */
export const recountUnread: NonNullable<Scenario['recount']> = async ({ adapter, options, people }, { rooms }) => {
  if (adapter.countWrongUnread === undefined) return [];
  const count = await adapter.countWrongUnread(options.url, people, rooms);
  return [{ name: 'unreadWrong', count, meaning: 'Chats whose count of unread messages was wrong at the end.' }];
};
