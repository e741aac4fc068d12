import type { MessageState } from './message-state.rules.ts';

/** People whom one message may name; further names stay plain words. */
export const MAX_MENTIONS = 10;

/** A name behind an `@` that is no part of a word or an address. Usernames hold a-z, digits, `_` and `.`, and end with no dot. */
const NAME = /(?<![\p{L}\p{N}_.@])@([a-z0-9_.]{0,29}[a-z0-9_])/giu;

/** The word that calls everybody who is there. */
const HERE = 'here';

/** Whether a text calls everybody who is there. */
export const callsHere = (body: string): boolean => body.includes('@here') && wordsBehindAt(body).has(HERE);

/** The usernames that a text names, in small letters, each once, the first ones only. */
export const namesIn = (body: string): string[] => {
  if (!body.includes('@')) return [];
  const names = wordsBehindAt(body);
  names.delete(HERE);
  return [...names].slice(0, MAX_MENTIONS);
};

const wordsBehindAt = (body: string): Set<string> =>
  new Set([...body.matchAll(NAME)].map(([, name = '']) => name.toLowerCase()));

/** A message and whom it names. */
export type Mentions = Pick<MessageState, 'chatId' | 'seq' | 'id' | 'senderId' | 'mentionIds'>;

export const mentionsOf = ({ chatId, seq, id, senderId, mentionIds }: MessageState): Mentions => ({
  ...{ chatId, seq, id, senderId, mentionIds },
});
