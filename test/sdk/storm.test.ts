import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Following } from '../../src/sdk/chat-follower.ts';
import type { Client } from '../../src/sdk/client.ts';
import type { Chat } from './fixture/chat.ts';
import { closeClients, connect } from './fixture/people.ts';
import { FixtureServer } from './fixture/server.ts';

/** What may happen to two people who talk, and to their server. */
const STEPS = [
  'ann sends',
  'bob sends',
  'bob sends three',
  'ann edits',
  'bob deletes',
  'ann reacts',
  'all are cut off',
  'answers are lost',
  'frames are repeated and swapped',
  'frames are lost',
  'all goes well',
  'the log is stored',
  'the log is trimmed',
  'the log is lost',
  'a moment passes',
] as const;

interface Person {
  client: Client;
  following: Following;
  said: string[];
}

let server: FixtureServer;

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0.01);
});

afterEach(() => {
  vi.restoreAllMocks();
});

const enter = async (userId: string): Promise<Person> => {
  const client = await connect(server, userId);
  const following = client.chat('room-1').follow(() => undefined);
  await vi.waitFor(() => expect(following.state().chat).not.toBeNull());
  return { client, following, said: [] };
};

const say = ({ client, said }: Person): void => {
  said.push(client.chat('room-1').send(`${said.length}`).clientId);
};

/** Someone's own message, if any is left; the number picks one. */
const ownSeq = (chat: Chat, userId: string, pick: number): number => {
  const own = chat.messages.filter(({ senderId, deletedAt }) => senderId === userId && !deletedAt);
  return own[pick % own.length]?.seq ?? 0;
};

const change = (client: Client, name: 'chat.edit' | 'chat.delete' | 'chat.react', seq: number): void => {
  const input = { chatId: 'room-1', seq, body: `changed ${seq}`, emoji: '🔥' };
  // What it answers does not matter here: a message may be gone, an answer lost.
  client.call(name, input, { timeoutMs: 1_000 }).catch(() => undefined);
};

const makeSteps = (
  chat: Chat,
  ann: Person,
  bob: Person,
): Record<(typeof STEPS)[number], (pick: number) => unknown> => ({
  'ann sends': () => say(ann),
  'bob sends': () => say(bob),
  'bob sends three': () => [1, 2, 3].map(() => say(bob)),
  'ann edits': (pick) => change(ann.client, 'chat.edit', ownSeq(chat, 'ann', pick)),
  'bob deletes': (pick) => change(bob.client, 'chat.delete', ownSeq(chat, 'bob', pick)),
  'ann reacts': (pick) => change(ann.client, 'chat.react', ownSeq(chat, 'bob', pick)),
  'all are cut off': () => server.cut(),
  'answers are lost': () => {
    let calls = 0;
    server.faults.call = () => (++calls % 3 === 0 ? 'cut' : 'answer');
  },
  'frames are repeated and swapped': () => {
    const late: Parameters<typeof server.faults.frames>[0][] = [];
    server.faults.frames = (frame) => (late.push(frame) % 2 === 0 ? late.splice(0).reverse().concat(frame) : []);
  },
  'frames are lost': () => {
    let frames = 0;
    server.faults.frames = (frame) => (++frames % 2 === 0 ? [] : [frame]);
  },
  'all goes well': () => server.noFaults(),
  'the log is stored': () => {
    chat.store();
    server.deliver(chat, 0);
  },
  'the log is trimmed': () => chat.log.trim(),
  'the log is lost': () => chat.lose(),
  'a moment passes': () => new Promise((resolve) => setTimeout(resolve, 5)),
});

/** Ends the trouble. One more entry makes every hole known; nobody is made to reconnect. */
const settle = async (chat: Chat, people: Person[]): Promise<void> => {
  server.noFaults();
  chat.read('ann', { seq: 1, body: '', clientId: '', emoji: '' });
  server.deliver(chat);
  await vi.waitFor(
    () => {
      chat.store();
      server.deliver(chat, 0);
      for (const { client, following } of people) {
        expect(client.outbox.entries('room-1')).toEqual([]);
        expect(following.state().echoes).toEqual([]);
        expect(following.state().timeline?.position).toEqual(chat.log.position);
      }
    },
    { timeout: 10_000, interval: 20 },
  );
};

const step = fc.record({ name: fc.constantFrom(...STEPS), pick: fc.nat(20) });

test('whatever happens, everyone ends with what a fresh snapshot shows, and every message stands there once', async () => {
  const story = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
    server = await FixtureServer.start();
    try {
      const chat = server.chat('room-1', ['ann', 'bob']);
      const [ann, bob] = await Promise.all([enter('ann'), enter('bob')]);
      const doStep = makeSteps(chat, ann, bob);
      for (const { name, pick } of steps) await doStep[name](pick);
      await settle(chat, [ann, bob]);
      const truth = chat.messages;
      for (const { following, said } of [ann, bob]) {
        const shown = following.state().timeline?.messages.map((message) => ({ ...message, mine: [] }));
        expect(shown).toEqual(truth.slice(-(shown?.length ?? 0)));
        expect(following.state().timeline?.olderCursor === null).toBe(shown?.length === truth.length);
        const arrived = truth.map(({ clientId }) => clientId).filter((id) => said.includes(id));
        // What a lost log took with it is said again, after what was said before anyone knew of the loss.
        const isInOrder = steps.every(({ name }) => name !== 'the log is lost');
        expect(isInOrder ? arrived : arrived.sort()).toEqual(said);
      }
    } finally {
      closeClients();
      await server.stop();
    }
  });
  await fc.assert(story, { numRuns: 40, endOnFailure: true });
}, 120_000);
