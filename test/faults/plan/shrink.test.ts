import { expect, test } from 'vitest';
import type { Plan, Step } from './plan.ts';
import { shrink } from './shrink.ts';

const step = (place: number): Step => ({
  atMs: 5_000 + place * 10_000,
  fault: 'kill-worker',
  target: 'worker-1',
  lastsMs: 1_000 + place,
});

const twelve: Plan = {
  seed: 7,
  scenario: 'mixed',
  seconds: 130,
  steps: Array.from({ length: 12 }, (_, place) => step(place)),
};

/** Of `twelve`, by how long each lasts. */
const placesIn = ({ steps }: Plan): number[] => steps.map(({ lastsMs }) => lastsMs - 1_000);

/** Plays nothing: a plan fails when it has all of these steps of `twelve`, whole. */
const needing = (places: readonly number[]) => {
  const played: Plan[] = [];
  const isFailing = async (plan: Plan): Promise<boolean> => {
    played.push(plan);
    return places.every((place) => placesIn(plan).includes(place));
  };
  return { played, isFailing };
};

const never = (): boolean => false;

test.each([[[2, 9]], [[0, 1]], [[10, 11]], [[5]]])('finds the steps %j among twelve', async (places) => {
  const { played, isFailing } = needing(places);
  const smallest = await shrink(twelve, { isFailing, isOver: never });
  expect(placesIn(smallest)).toEqual(places);
  expect(played.length).toBeLessThan(40);
});

test('drops every step at once where none is needed, and most of the traffic', async () => {
  const { played, isFailing } = needing([]);
  const smallest = await shrink(twelve, { isFailing, isOver: never });
  expect(smallest.steps).toEqual([]);
  expect(smallest.seconds).toBeLessThan(20);
  expect(played.length).toBeLessThan(8);
});

test('keeps the order and the distances of what is left, without the time around it', async () => {
  const { isFailing } = needing([3, 4]);
  const { steps, seconds } = await shrink(twelve, { isFailing, isOver: never });
  expect((steps[1]?.atMs ?? 0) - (steps[0]?.atMs ?? 0)).toBe(10_000);
  expect(steps[0]?.atMs).toBeLessThan(5_000);
  expect(seconds).toBeLessThan(25);
});

test('makes steps shorter as long as the plan fails', async () => {
  const lasting = (plan: Plan): number => plan.steps[0]?.lastsMs ?? 0;
  const long = { ...twelve, steps: [{ ...step(0), lastsMs: 16_000 }] };
  const smallest = await shrink(long, { isFailing: async (plan) => lasting(plan) >= 3_000, isOver: never });
  expect(lasting(smallest)).toBe(4_000);
});

test('stops when the time is over, with the last plan that failed', async () => {
  const { played, isFailing } = needing([2, 9]);
  const smallest = await shrink(twelve, { isFailing, isOver: () => played.length === 6 });
  expect(played).toHaveLength(6);
  expect(placesIn(smallest)).toEqual(expect.arrayContaining([2, 9]));
  expect(smallest.steps.length).toBeLessThan(12);
  expect(await shrink(twelve, { isFailing, isOver: () => true })).toEqual(twelve);
});

test('keeps the plan when nothing smaller fails', async () => {
  const all = twelve.steps.map((_, place) => place);
  const smallest = await shrink(twelve, { isFailing: needing(all).isFailing, isOver: never });
  expect(placesIn(smallest)).toEqual(all);
});
