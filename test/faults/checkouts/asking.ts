import { newId } from '../../../src/platform/ids.ts';
import { http } from '../../support/people.ts';
import type { Random } from './random.ts';

/** How often something is asked at most, if nobody says: a minute and more of servers that are away. */
const MAX_ASKED = 200;

export interface Reply {
  status: number;
  body: Record<string, unknown>;
  /** Attempts that nobody answered, or that were answered with "perhaps". */
  unanswered: number;
}

/** Calls as a careful client makes them: under one key, on any node, until there is an answer that stands. */
export interface Asking {
  post: (path: string, body?: object) => Promise<Reply>;
  get: (path: string) => Promise<Reply>;
}

interface AskingParts {
  nodeUrls: readonly [string, ...string[]];
  token: string;
  random: Random;
  /** Told of each answer that stands to a call that changes something. */
  onAnswer: (reply: Reply, path: string) => void;
  /** How often something is asked at most. */
  maxAsked?: number;
  /** Told the code of each answer that only says to ask again; NONE when nobody answered. */
  onAgain?: (code: string) => void;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** @throws Error when nobody answers at all */
export const createAsking = (parts: AskingParts): Asking => {
  const { nodeUrls, token, random, onAnswer, maxAsked = MAX_ASKED, onAgain } = parts;
  const ask = async (path: string, options: object): Promise<Reply> => {
    for (let unanswered = 0; unanswered < maxAsked; unanswered += 1) {
      // A node that was killed answers nothing, and half an answer is none.
      const answer = await http(`${random.pick(nodeUrls)}${path}`, { token, ...options }).catch(() => null);
      if (answer === null || answer.body.retryable === true) {
        onAgain?.(String(answer?.body.code ?? 'NONE'));
        // A careful client waits a little, and not as long as all the others.
        await pause(100 + random.below(400));
        continue;
      }
      return { status: answer.status, body: answer.body, unanswered };
    }
    throw new Error(`${path} was not answered`);
  };
  return {
    post: async (path, body = {}) => {
      const reply = await ask(path, { body, headers: { 'idempotency-key': newId() } });
      onAnswer(reply, path);
      return reply;
    },
    get: (path) => ask(path, {}),
  };
};
