import type { Adapter, Person } from '../adapter.ts';
import { rallyDialect } from '../generator/dialects/rally.ts';
import { addMembers, mapSome, openChat, register, type User } from './api.ts';

/** A call takes as many members as this when a chat is opened; the others are added. */
const FIRST_MEMBERS = 100;
const OPENED_AT_ONCE = 4;

/** Rally, over its public contract. */
export const rallyAdapter: Adapter = {
  name: 'rally',
  dialect: rallyDialect,
  signIn: async ({ url, count, tell }) => {
    tell(`making ${count} accounts; load:accounts makes them once for many runs`);
    const users = await register(url, { from: 0, to: count, run: Date.now().toString(36) });
    return users.map(({ id, accessToken, address }) => ({ id, token: accessToken, address }));
  },
  openRooms: async (url, groups, tell) => {
    tell(`opening ${groups.length} chats`);
    return mapSome(groups, OPENED_AT_ONCE, async (people) => {
      const users = people.map(userOf);
      const [owner] = users;
      if (owner === undefined) throw new Error('a chat needs somebody who opens it');
      const chatId = await openChat(url, users.slice(0, FIRST_MEMBERS));
      await addMembers(url, { chatId, owner, added: users.slice(FIRST_MEMBERS) });
      return `chat:${chatId}`;
    });
  },
};

const userOf = ({ token = '', id = '', address = '' }: Person): User => ({
  ...{ id, accessToken: token, address },
  ...{ refreshToken: '', expiresAt: '' },
});
