import { get, mapSome, post } from './http.ts';

/** argon2id is made to cost CPU: more at once would only queue on the server. */
const REGISTERED_AT_ONCE = 8;
const RENEWED_AT_ONCE = 8;
const MEMBERS_PER_CALL = 100;
/** A token must outlive the round that begins with it. */
const LIFE_LEFT_MS = 10 * 60 * 1000;
/** Sign-ups and renewals are limited per network address, so the crowd stands behind as many as a real one would. */
const USERS_PER_ADDRESS = 50;
const PASSWORD = 'a long enough phrase for a bench';

/** A registered user with tokens that are still good. */
export interface User {
  id: string;
  accessToken: string;
  refreshToken: string;
  expiresAt: string;
  /** The network address they come from, which the server believes from a proxy on its own machine. */
  address: string;
}

/** What a sign-in gives. */
export interface Tokens {
  user: { id: string };
  accessToken: string;
  refreshToken: string;
  expiresAt: string;
}

/** Registers the users number `from` to `to - 1`. */
export function register(
  url: string,
  {
    from,
    to,
    run = '',
  }: { from: number; to: number /** Part of their names: a server keeps those of earlier runs. */; run?: string },
): Promise<User[]> {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  return mapSome(numbers, REGISTERED_AT_ONCE, async (number) => {
    const address = addressOf(number);
    const input = {
      email: `bench-${run}${number}@example.com`,
      username: `bench_${run}${number}`,
      password: PASSWORD,
      firstName: 'Bench',
      lastName: `Number ${number}`,
    };
    const tokens = await post<Tokens>(`${url}/v1/auth/register`, input, { address });
    return { ...tokens, id: tokens.user.id, address };
  });
}

/** The addresses of a run begin anywhere in 10.0.0.0/8, so that runs within an hour do not share them. */
const FIRST_HOUSEHOLD = Math.floor(Math.random() * 2 ** 24);

/** The address that a user of this number stands behind. */
export function addressOf(user: number): string {
  const household = (FIRST_HOUSEHOLD + Math.floor(user / USERS_PER_ADDRESS)) % 2 ** 24;
  return `10.${household >> 16}.${(household >> 8) & 255}.${household & 255}`;
}

/** Whether the token outlives the beginning of a run. */
export const lastsLongEnough = ({ expiresAt }: Pick<User, 'expiresAt'>): boolean =>
  Date.parse(expiresAt) - Date.now() > LIFE_LEFT_MS;

/** The same users, those whose token ends soon with a new one. */
export const renewed = (url: string, users: User[]): Promise<User[]> =>
  mapSome(users, RENEWED_AT_ONCE, async (user) => {
    if (lastsLongEnough(user)) return user;
    const tokens = await post<Tokens>(
      `${url}/v1/auth/refresh`,
      { refreshToken: user.refreshToken },
      { address: user.address },
    );
    return { ...tokens, id: user.id, address: user.address };
  });

/** Opens a group chat in the name of the first member. @returns its id */
export async function openChat(url: string, members: User[]): Promise<string> {
  const [owner, ...others] = members;
  if (owner === undefined) throw new Error('A chat needs somebody who opens it');
  const input = { kind: 'GROUP', title: 'Bench', memberIds: others.map(({ id }) => id) };
  return (await post<{ id: string }>(`${url}/v1/chats`, input, owner)).id;
}

/** Adds members to a group chat in the name of its owner. */
export async function addMembers(
  url: string,
  { chatId, owner, added }: { chatId: string; owner: User; added: User[] },
): Promise<void> {
  for (let at = 0; at < added.length; at += MEMBERS_PER_CALL) {
    const userIds = added.slice(at, at + MEMBERS_PER_CALL).map(({ id }) => id);
    await post(`${url}/v1/chats/${chatId}/members`, { userIds }, owner);
  }
}

/** Publishes an event of the host's with one kind of ticket that costs money. */
export async function createSale(
  url: string,
  host: User,
  capacity: number,
): Promise<{ eventId: string; ticketTypeId: string }> {
  const atHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const input = {
    title: 'Bench',
    description: 'A sale',
    startDate: atHours(48),
    endDate: atHours(50),
    ticketTypes: [{ name: 'Seat', price: 50_000, capacity, maxPerOrder: 10 }],
  };
  const { id: eventId } = await post<{ id: string }>(`${url}/v1/events`, input, host);
  const event = await post<{ ticketTypes: { id: string }[] }>(`${url}/v1/events/${eventId}/publish`, {}, host);
  return { eventId, ticketTypeId: event.ticketTypes[0]?.id ?? '' };
}

/** An event as its host sees it. */
export const getEvent = (
  url: string,
  host: User,
  eventId: string,
): Promise<{ ticketTypes: { id: string; sold?: number }[] }> => get(`${url}/v1/events/${eventId}`, host);
