import { createTurns } from '../platform/turns.ts';
import type { Pace } from './pace.ts';

interface Waiting<Call, Outcome> {
  call: Call;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

/** Calls that are decided together. */
export interface Groups<Call, Outcome> {
  /** Joins the next group of the same subject. @throws what the group's run threw */
  add: (subject: string, call: Call) => Promise<Outcome>;
}

/** Calls in one group at most; a transaction of so many stays far below the 4 s it may take. */
const MAX_GROUP = 128;
/** Groups of different subjects decided at once at most: each takes a connection of those that all commits share. */
const MAX_RUNNING = 6;
/** How long the first call of a quiet subject waits for company. */
const GATHER_MS = 2;

/**
 * Coalesces calls about the same subject. While one group is being decided the next gathers, so that the busier a subject
 * is the larger its groups are; a quiet one costs its callers 2 ms. One group of a subject runs at a time: they would
 * only wait for each other's locks. What waits is bounded by the consumer, which takes so many jobs at once and no more.
 * @param run decides a group in the order given, one outcome a call
 */
export const createGroups = <Call, Outcome>(
  run: (calls: Call[]) => Promise<Outcome[]>,
  { atMost }: Pick<Pace, 'atMost'>,
): Groups<Call, Outcome> => {
  const gathering = new Map<string, Waiting<Call, Outcome>[]>();

  const decide = async (group: Waiting<Call, Outcome>[]): Promise<void> => {
    try {
      const outcomes = await run(group.map(({ call }) => call));
      for (const [place, { resolve, reject }] of group.entries()) {
        const outcome = outcomes[place];
        if (outcome === undefined) reject(new Error('a call of the group has no outcome'));
        else resolve(outcome);
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };

  const turns = createTurns(() => atMost(MAX_RUNNING));
  const drain = async (subject: string, line: Waiting<Call, Outcome>[]): Promise<void> => {
    while (line.length > 0) await turns.take(() => decide(line.splice(0, MAX_GROUP)));
    gathering.delete(subject);
  };

  return {
    add: (subject, call) =>
      new Promise((resolve, reject) => {
        const waiting = { call, resolve, reject };
        const line = gathering.get(subject);
        if (line) {
          line.push(waiting);
          return;
        }
        const opened = [waiting];
        gathering.set(subject, opened);
        setTimeout(() => void drain(subject, opened), GATHER_MS);
      }),
  };
};
