import type { Adapter, Person, Tell } from '../adapter.ts';
import { rallyDialect } from '../generator/dialects/rally.ts';
import { readAccounts, writeAccounts } from './account-file.ts';
import { addMembers, lastsLongEnough, openChat, register, renewed, type User } from './api.ts';
import { mapSome, Refused } from './http.ts';
import { countWrongUnread } from './unread.ts';

/** A call takes as many members as this when a chat is opened; the others are added. */
const FIRST_MEMBERS = 100;
const OPENED_AT_ONCE = 4;

/** Rally, over its public contract. */
export const rallyAdapter: Adapter = {
  name: 'rally',
  dialect: rallyDialect,
  signIn: async ({ url, count, accounts: file, tell }) => {
    const kept = await fromFile({ url, file, count, tell });
    const missing = count - kept.length;
    const made = missing === 0 ? [] : await makeUsers({ url, file, kept: kept.length, count, tell });
    return [...kept, ...made].map(({ id, accessToken, address }) => ({ id, token: accessToken, address }));
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
    }).catch(explainStrangers);
  },
  countWrongUnread,
};

/** Who registered today brings few strangers into groups; test accounts are none to each other. */
const explainStrangers = (error: unknown): never => {
  if (!(error instanceof Refused) || error.status !== 429) throw error;
  throw new Error(
    `People who registered today cannot open groups as large as this; npm run load:accounts makes accounts that can.\n${error.message}`,
  );
};

interface Wanted {
  url: string;
  file: string;
  count: number;
  tell: Tell;
}

/** Users of the file, up to as many as are wanted; those whose token ends soon with a new one. */
const fromFile = async ({ url, file, count, tell }: Wanted): Promise<User[]> => {
  const all = readAccounts(file);
  const used = all.slice(0, count);
  if (used.length === 0) return [];
  const ending = used.filter((user) => !lastsLongEnough(user)).length;
  tell(`${used.length} accounts of ${file}${ending === 0 ? '' : `; renewing the sessions of ${ending}`}`);
  if (ending === 0) return used;
  const fresh = await renewed(url, used).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(
      `${reason}\nThe sessions in ${file} cannot be renewed; npm run load:accounts -- --count N opens new ones.`,
    );
  });
  writeAccounts(file, url, [...fresh, ...all.slice(count)]);
  return fresh;
};

const makeUsers = ({ url, file, kept, count, tell }: Wanted & { kept: number }): Promise<User[]> => {
  const most = kept === 0 ? `${file} is not there` : `${file} has ${kept} of ${count} accounts`;
  tell(`${most}: registering ${count - kept}; npm run load:accounts -- --count ${count} makes them once for many runs`);
  return register(url, { from: kept, to: count, run: Date.now().toString(36) });
};

const userOf = ({ token = '', id = '', address = '' }: Person): User => ({
  ...{ id, accessToken: token, address },
  ...{ refreshToken: '', expiresAt: '' },
});
