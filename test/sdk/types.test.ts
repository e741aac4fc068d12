import { expect, expectTypeOf, test } from 'vitest';
import { type Client, createClient } from '../../src/sdk/client.ts';
import type { Entry, Message } from '../../src/sdk/contract.ts';

/** Never called: each line below it must not compile, or `npm run typecheck` fails. */
const wrong = (client: Client): unknown[] => [
  // @ts-expect-error there is no such operation
  client.call('chat.shout', { chatId: 'x' }),
  // @ts-expect-error the body is missing
  client.call('chat.send', { chatId: 'x', clientId: 'y' }),
  // @ts-expect-error the input is missing
  client.call('chat.send'),
  // @ts-expect-error a sequence number is a number
  client.call('chat.edit', { chatId: 'x', seq: '7', body: 'z' }),
  // @ts-expect-error a chat is opened as DIRECT or GROUP
  client.call('chat.open', { kind: 'SECRET', memberIds: ['x'] }),
  // @ts-expect-error there is no such field
  client.call('chat.react', { chatId: 'x', seq: 1, emoji: '🔥', times: 3 }),
  // @ts-expect-error there is no such signal
  client.on('chat.shouted', () => undefined),
  // @ts-expect-error this one goes through the room's log: it is watched, not heard
  client.on('chat.sent', () => undefined),
  // @ts-expect-error typing has users
  client.on('chat.typing', ({ people }) => people),
  // @ts-expect-error a room's name has a kind
  client.watch('nowhere', {}),
  client.watch('chat:x', {
    // @ts-expect-error no chat's log holds this signal
    onEntries: (entries) => entries.filter(({ signal }) => signal === 'checkin.counted'),
  }),
];

/** Never called: each line must compile. */
const right = async (client: Client): Promise<void> => {
  expectTypeOf(await client.call('chat.send', { chatId: 'x', clientId: 'y', body: 'z' }))
    .toHaveProperty('seq')
    .toBeNumber();
  expectTypeOf((await client.call('chat.history', { chatId: 'x' })).items).toEqualTypeOf<Message[]>();
  expectTypeOf(await client.call('profile.me'))
    .toHaveProperty('email')
    .toBeString();
  await client.call('chat.list', {}, { timeoutMs: 1_000 });
  client.on('chat.typing', ({ users }) => expectTypeOf(users).toEqualTypeOf<string[]>());
  client.watch('chat:x', {
    onEntries: (entries) => {
      for (const entry of entries) if (entry.signal === 'chat.edited') expectTypeOf(entry.data.body).toBeString();
    },
  });
  expectTypeOf<Entry<'chat.deleted'>['data']>().toEqualTypeOf<{ seq: number }>();
};

test('the types above are checked by the compiler; here they only need to be there', () => {
  expect([wrong, right].every((check) => typeof check === 'function')).toBe(true);
});

test('a name that slipped past the compiler is refused before it is sent', () => {
  const client = createClient({ url: 'http://127.0.0.1:9' });
  // Safe: this is what a caller without types would do.
  const untyped = client.call as (name: string) => Promise<unknown>;
  expect(() => untyped('chat.shout')).toThrowError('There is no operation chat.shout');
});
