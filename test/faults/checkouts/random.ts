/** Numbers that look random and come again with the same seed. */
export interface Random {
  /** A whole number from 0, below `limit`. */
  below: (limit: number) => number;
  /** True so many times in a hundred. */
  chance: (percent: number) => boolean;
  pick: <T>(choices: readonly [T, ...T[]]) => T;
}

/** The generator mulberry32 (Tommy Ettinger, public domain). */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
  };
};
