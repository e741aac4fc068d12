import { afterAll, beforeAll, expect, test } from 'vitest';
import { FOR_EMAIL } from '../../../../src/domains/identity/session/guessing.ts';
import { codeOf, errorOf, openWorld, PASSWORD, type Pair, registration, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

interface Guess {
  address?: string;
  password?: string;
  deviceToken?: string;
}
const logIn = (username: string, { address = '192.0.2.9', password = 'a guess', deviceToken }: Guess = {}) => {
  const device = deviceToken === undefined ? {} : { deviceToken };
  return world.call('session.login', { email: registration(username).email, password, ...device }, { address });
};
const times = <T>(count: number, make: (place: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, place) => make(place)));
/** Wrong passwords from two hundred addresses; only the last ones are compared, for each costs a hash. */
const guessFromEverywhere = async (username: string): Promise<void> => {
  await times(FOR_EMAIL.limit - 5, () => world.failures.begin(FOR_EMAIL, registration(username).email));
  const answers = await times(8, (place) => logIn(username, { address: `198.51.100.${place}` }));
  expect(answers.map(codeOf).filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(5);
  expect(answers.map(codeOf).filter((code) => code === 'RATE_LIMITED')).toHaveLength(3);
};

test('ten wrong passwords from one address end the tries from there, and from nowhere else', async () => {
  await world.register('target');
  const answers = await times(30, () => logIn('target', { address: '203.0.113.5' }));
  expect(answers.map(codeOf).filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(10);
  const refused = errorOf(await logIn('target', { address: '203.0.113.5', password: PASSWORD }));
  expect(refused).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
  expect(refused.retryAfterMs).toBeLessThanOrEqual(300_000);
  expect(codeOf(await logIn('target', { password: PASSWORD }))).toBe('OK');
});

test('right passwords do not count, however many there are', async () => {
  await world.register('often');
  for (let round = 0; round < 15; round += 1) expect(codeOf(await logIn('often', { password: PASSWORD }))).toBe('OK');
});

test('addresses of one IPv6 network are one place', async () => {
  const answers = await times(14, (place) => logIn('v6', { address: `2001:db8:7:9::${place + 1}` }));
  expect(answers.map(codeOf).filter((code) => code === 'RATE_LIMITED')).toHaveLength(4);
  expect(codeOf(await logIn('v6', { address: '2001:db8:7:a::1' }))).toBe('UNAUTHENTICATED');
});

test('guesses from everywhere do not keep a device out that was signed in before', async () => {
  const ada = await world.register('ada');
  const eve = await world.register('eve');
  await guessFromEverywhere('ada');
  expect(codeOf(await logIn('ada', { password: PASSWORD }))).toBe('RATE_LIMITED');
  expect(codeOf(await logIn('ada', { password: PASSWORD, deviceToken: eve.refreshToken }))).toBe('RATE_LIMITED');
  expect(codeOf(await logIn('ada', { password: PASSWORD, deviceToken: 'made up' }))).toBe('RATE_LIMITED');
  expect(codeOf(await logIn('ada', { password: PASSWORD, deviceToken: ada.refreshToken }))).toBe('OK');
  // The token was not used up; afterwards it is, and still names the device, also after signing out.
  const renewed = await world.ask<Pair>('session.renew', { refreshToken: ada.refreshToken });
  await world.ask('session.logout', {}, { as: renewed.accessToken });
  expect(codeOf(await logIn('ada', { password: PASSWORD, deviceToken: ada.refreshToken }))).toBe('OK');
  // A device has a bound of its own, from however many addresses it calls.
  const guesses = await times(12, (place) =>
    logIn('ada', { address: `203.0.113.${100 + place}`, deviceToken: renewed.refreshToken }),
  );
  expect(guesses.map(codeOf).filter((code) => code === 'RATE_LIMITED')).toHaveLength(2);
});

test('an address that nobody has is bounded as one that somebody has', async () => {
  await guessFromEverywhere('nobody_at_all');
  expect(codeOf(await logIn('nobody_at_all'))).toBe('RATE_LIMITED');
});
