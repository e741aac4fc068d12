import { z } from 'zod';
import { operation } from '../../../../kernel/contract.ts';
import { Id, page, pageInput } from '../../../../kernel/wire.ts';
import { Emoji, Message, Person, Position, Seq } from '../../shapes/contract.ts';

/** Chats of more members say how many have read a message, and not who. */
export const MAX_NAMED = 100;

const look = { access: 'user', durability: 'read', rates: [{ limit: 500, windowSeconds: 10, by: 'actor' }] } as const;
const ofMessage = z.object({ chatId: Id, seq: Seq });

export const readers = operation({
  ...look,
  name: 'chat.readers',
  summary: `Which members have read on to a message, its sender left out: in chats of up to ${MAX_NAMED} members by name, in larger ones only how many.`,
  input: ofMessage,
  output: z.object({
    count: z.int().min(0),
    /** Empty in large chats; people between whom and the caller a block stands are left out. */
    items: z.array(Person),
  }),
  errors: [],
  http: 'GET /v1/chats/{chatId}/messages/{seq}/readers',
});

export const reactors = operation({
  ...look,
  name: 'chat.reactors',
  summary:
    'Who reacted to a message with what, in the order of the emoji. People between whom and the caller a block stands are left out.',
  input: ofMessage.extend({ emoji: Emoji.optional(), ...pageInput() }),
  output: page(z.object({ emoji: z.string(), person: Person })),
  errors: [],
  http: 'GET /v1/chats/{chatId}/messages/{seq}/reactors',
});

export const around = operation({
  ...look,
  name: 'chat.around',
  summary:
    'A page of messages with `seq` in its middle, as chat.history shows them: for links and search hits. Go on with chat.history by `before` and `after`.',
  input: ofMessage.extend({ limit: pageInput().limit }),
  output: z.object({
    items: z.array(Message),
    /** For chat.history’s `before`; null at the beginning of the chat. */
    before: Seq.nullable(),
    /** For chat.history’s `after`; null at its end. */
    after: Seq.nullable(),
    position: Position,
    /** Who sent them, also those who have left since. */
    people: z.array(Person),
  }),
  errors: [],
  http: 'GET /v1/chats/{chatId}/messages/{seq}/around',
});
