import type { Transaction } from '../../../../src/platform/db/client.ts';

/** The process ended here. */
export class Crash extends Error {}

/**
 * The transaction of a process that dies before its nth statement: everything it did is rolled back. Statements are
 * counted from 1; beyond the last one nothing happens.
 */
export const crashing = (tx: Transaction, beforeStatement: number): Transaction => {
  let statements = 0;
  const count = (): void => {
    statements += 1;
    if (statements === beforeStatement) throw new Crash(`before statement ${beforeStatement}`);
  };
  const counted = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (real, name) => {
        const value: unknown = Reflect.get(real, name);
        if (typeof value === 'function') {
          return (...given: unknown[]) => {
            count();
            return Reflect.apply(value, real, given);
          };
        }
        return typeof value === 'object' && value !== null ? counted(value) : value;
      },
    });
  return counted(tx);
};
