/** How long every message body is, in characters: a chat line of ordinary length. */
export const BODY_LENGTH = 120;

const FILLER = 'the quick brown fox jumps over the lazy dog and rallies everyone who came to the hall tonight; '.repeat(
  2,
);

/** What a body says about itself. */
export interface Mark {
  /** The message's number within its room, from 0. */
  number: number;
  publisher: number;
  /** When it was due, in µs of the generator's monotonic clock. */
  dueMicros: number;
}

/**
 * The body of one message; the same mark always gives the same body, so that damage anywhere in it shows. It neither
 * begins nor ends with a space, which servers may trim.
 */
export function writeBody({ number, publisher, dueMicros }: Mark): string {
  const head = `${number}.${publisher}.${dueMicros}.`;
  return `${head}${FILLER.slice(0, BODY_LENGTH - head.length - 1)}.`;
}

/** @returns the number of the message that `body` claims to be, or -1 when it is none of ours */
export function numberIn(body: string): number {
  const number = Number.parseInt(body, 10);
  return Number.isSafeInteger(number) && number >= 0 ? number : -1;
}
