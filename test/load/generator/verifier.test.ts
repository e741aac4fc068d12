import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { addFaults, noFaults, Verifier } from '../../../load/generator/verifier.ts';

const RECEIVERS = 3;
const MESSAGES = 10;

describe('the verifier', () => {
  let verifier: Verifier;
  const deliver = (receiver: number, numbers: number[]) => {
    for (const number of numbers) verifier.delivered(receiver, number);
  };
  const all = Array.from({ length: MESSAGES }, (_, number) => number);

  beforeEach(() => {
    verifier = new Verifier({ receivers: RECEIVERS, publishers: 2 });
    for (const number of all) expect(verifier.sent(number % 2)).toBe(number);
  });

  test('finds nothing wrong when all receivers get all messages in one order', () => {
    for (let receiver = 0; receiver < RECEIVERS; receiver++) deliver(receiver, all);
    expect(verifier.missing).toBe(0);
    expect(verifier.faults()).toEqual(noFaults());
  });

  test('finds one planted loss', () => {
    deliver(0, all);
    deliver(
      1,
      all.filter((number) => number !== 4),
    );
    deliver(2, all);
    expect(verifier.faults()).toEqual({ ...noFaults(), lost: 1 });
  });

  test('finds one planted duplicate, counts it once and measures it never', () => {
    for (let receiver = 0; receiver < RECEIVERS; receiver++) deliver(receiver, all);
    expect(verifier.delivered(1, 4)).toBe(false);
    expect(verifier.faults()).toEqual({ ...noFaults(), doubled: 1 });
  });

  test('does not let a duplicate hide a loss', () => {
    deliver(0, all);
    deliver(1, all);
    deliver(2, [0, 1, 2, 3, 3, 5, 6, 7, 8, 9]);
    expect(verifier.faults()).toEqual({ ...noFaults(), lost: 1, doubled: 1 });
  });

  test('finds two receivers that disagree about the order of two publishers', () => {
    deliver(0, all);
    deliver(1, [0, 1, 2, 4, 3, 5, 6, 7, 8, 9]);
    deliver(2, all);
    expect(verifier.faults()).toEqual({ ...noFaults(), disagreed: 1 });
  });

  test('finds a disagreement that no single receiver could see, before either got the other message', () => {
    deliver(0, [0]);
    deliver(1, [1]);
    deliver(0, all.slice(1));
    deliver(1, [0, ...all.slice(2)]);
    deliver(2, all);
    expect(verifier.faults().disagreed).toBeGreaterThan(0);
  });

  test('accepts any one order of two publishers, and finds a publisher overtaking itself in it', () => {
    const oddFirst = [1, 3, 5, 7, 9, 0, 2, 4, 6, 8];
    for (let receiver = 0; receiver < RECEIVERS; receiver++) deliver(receiver, oddFirst);
    expect(verifier.faults()).toEqual(noFaults());
    verifier.nextPhase();
    for (const number of all) verifier.sent(number % 2);
    for (let receiver = 0; receiver < RECEIVERS; receiver++)
      deliver(receiver, [12, 10, 11, 13, 14, 15, 16, 17, 18, 19]);
    expect(verifier.faults()).toEqual({ ...noFaults(), inverted: RECEIVERS });
  });

  test('lets what was said on the next connection overtake a message that was never answered, and no other', () => {
    const overtaken = [2, 4, 0, 1, 3, 5, 6, 7, 8, 9];
    verifier.uncertain(0);
    for (let receiver = 0; receiver < RECEIVERS; receiver++) deliver(receiver, overtaken);
    expect(verifier.faults()).toEqual(noFaults());
    verifier.nextPhase();
    for (const number of all) verifier.sent(number % 2);
    verifier.uncertain(MESSAGES);
    for (let receiver = 0; receiver < RECEIVERS; receiver++)
      deliver(receiver, [14, 12, 10, 11, 13, 15, 16, 17, 18, 19]);
    expect(verifier.faults()).toEqual({ ...noFaults(), inverted: RECEIVERS });
  });

  test('finds damage, and messages that nobody sent', () => {
    verifier.damaged();
    verifier.delivered(0, MESSAGES + 5);
    expect(verifier.faults().damaged).toBe(2);
  });

  test('expects nobody to get what the server refused, and says so when somebody does', () => {
    verifier.refused(9);
    for (let receiver = 0; receiver < RECEIVERS; receiver++) deliver(receiver, all.slice(0, 9));
    expect(verifier.faults()).toEqual(noFaults());
    verifier.delivered(0, 9);
    expect(verifier.faults()).toEqual({ ...noFaults(), phantom: 1 });
  });

  test('ignores in the next phase what comes late from the one before', () => {
    verifier.nextPhase();
    const number = verifier.sent(0);
    expect(verifier.delivered(0, 3)).toBe(false);
    for (let receiver = 0; receiver < RECEIVERS; receiver++) verifier.delivered(receiver, number);
    expect(verifier.faults()).toEqual(noFaults());
  });

  test('counts every missing delivery of any subset', () => {
    fc.assert(
      fc.property(fc.array(fc.subarray(all), { minLength: RECEIVERS, maxLength: RECEIVERS }), (subsets) => {
        const fresh = new Verifier({ receivers: RECEIVERS, publishers: 1 });
        for (const _ of all) fresh.sent(0);
        for (const [receiver, subset] of subsets.entries())
          for (const number of subset) fresh.delivered(receiver, number);
        const delivered = subsets.reduce((sum, subset) => sum + subset.length, 0);
        expect(fresh.faults().lost).toBe(RECEIVERS * MESSAGES - delivered);
      }),
    );
  });
});

test('adds faults field by field', () => {
  const one = { lost: 1, doubled: 2, disagreed: 3, inverted: 4, damaged: 5, phantom: 6 };
  expect(addFaults(one, one)).toEqual({ lost: 2, doubled: 4, disagreed: 6, inverted: 8, damaged: 10, phantom: 12 });
});
