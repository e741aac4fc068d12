import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paceStages, SLOW_SECONDS } from '../../../src/domains/live/live/pace.job.ts';
import { lookAgain, type Pace } from '../../../src/domains/live/live/pace.rules.ts';
import { createPaceStore } from '../../../src/domains/live/live/pace.store.ts';
import { openStageWorld, type StageWorld } from './support/stage-world.ts';

/** What is demanded at each look, five seconds apart, of a chat that goes at these rates (messages a second). */
const demandsAt = (rates: readonly number[]): string[] => {
  let pace: Pace | null = lookAgain(null, { ordinal: 0, atMs: 0 }).pace;
  return rates.map((rate) => {
    const look = { ordinal: (pace?.ordinal ?? 0) + rate * 5, atMs: (pace?.atMs ?? 0) + 5_000 };
    const next = lookAgain(pace, look);
    pace = next.pace;
    return next.demand;
  });
};

describe('the pace of a chat (V10)', () => {
  test('is too fast after ten seconds of more than ten messages, and not before', () => {
    expect(demandsAt([11, 11, 11])).toEqual(['NOTHING', 'SLOW', 'SLOW']);
    expect(demandsAt([11, 10, 11, 10])).toEqual(['NOTHING', 'NOTHING', 'NOTHING', 'NOTHING']);
  });

  test('is calm after half a minute of fewer than three', () => {
    expect(demandsAt([2, 2, 2, 2, 2, 2])).toEqual([...Array.from({ length: 5 }, () => 'NOTHING'), 'QUICK']);
    expect(demandsAt([2, 2, 2, 3, 2, 2, 2])).not.toContain('QUICK');
  });

  test('between the bounds nothing is asked for, whatever came before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 40 }),
        fc.integer({ min: 3, max: 10 }),
        (before, rate) => {
          expect(demandsAt([...before, rate]).at(-1)).toBe('NOTHING');
        },
      ),
    );
  });

  test('a look that is lost, late, or of a log that began anew begins anew', () => {
    const busy: Pace = { ordinal: 500, atMs: 100_000, busySinceMs: 80_000, calmSinceMs: null };
    for (const look of [
      { ordinal: 900, atMs: 170_000 },
      { ordinal: 3, atMs: 105_000 },
      { ordinal: 900, atMs: 100_000 },
    ]) {
      expect(lookAgain(busy, look)).toEqual({
        pace: { ...look, busySinceMs: null, calmSinceMs: null },
        demand: 'NOTHING',
      });
    }
  });
});

describe('the chat of an open stage', () => {
  let world: StageWorld;
  beforeAll(async () => {
    world = await openStageWorld();
  }, 60_000);
  afterAll(() => world?.close());

  const slowModeOf = async (eventId: string): Promise<number> =>
    (await world.database.chat.findUniqueOrThrow({ where: { id: eventId } })).slowModeSeconds;

  /** Looks as the job does, at a time that the test says. */
  const lookAt = async (seconds: number): Promise<void> => {
    const { platform, database } = world;
    const clock = { ...platform.clock, now: () => new Date(seconds * 1_000) };
    const handler = paceStages({ ...platform, database, clock, paces: createPaceStore(platform) });
    await handler.run({});
  };

  /** Puts so many messages into the chat's log. */
  const say = async (eventId: string, count: number): Promise<void> => {
    for (let each = 0; each < count; each += 1) {
      const input = { chatId: eventId, clientId: crypto.randomUUID(), body: 'Encore!' };
      await world.ask(world.host, 'chat.send', input);
    }
  };

  test('is slowed while too much is said, quick again when it is calm, and told of both', async () => {
    const eventId = await world.openStage();
    await lookAt(1_000);
    await say(eventId, 120);
    await lookAt(1_010);
    expect(await slowModeOf(eventId)).toBe(SLOW_SECONDS);
    await lookAt(1_030);
    expect(await slowModeOf(eventId)).toBe(SLOW_SECONDS);
    await lookAt(1_045);
    expect(await slowModeOf(eventId)).toBe(0);
    await world.settle();
    const told = (await world.log(`chat:${eventId}`)).filter(({ signal }) => signal === 'chat.slowed');
    expect(told.map(({ data }) => data)).toEqual([{ seconds: SLOW_SECONDS }, { seconds: 0 }]);
  });

  test('keeps what the host has set, is left alone where the host wants it so, and is quick after the end', async () => {
    const [byHand, unpaced, ended] = [
      await world.openStage(),
      await world.openStage({ autoSlow: false }),
      await world.openStage(),
    ];
    await world.ask(world.host, 'chat.setSlowMode', { chatId: byHand, seconds: 30 });
    await lookAt(2_000);
    for (const eventId of [byHand, unpaced, ended]) await say(eventId, 110);
    await lookAt(2_010);
    expect([await slowModeOf(byHand), await slowModeOf(unpaced), await slowModeOf(ended)]).toEqual([
      30,
      0,
      SLOW_SECONDS,
    ]);
    await world.ask(world.host, 'live.close', { eventId: ended });
    await lookAt(2_015);
    expect([await slowModeOf(byHand), await slowModeOf(unpaced), await slowModeOf(ended)]).toEqual([30, 0, 0]);
  });
});
