/** Chance that falls the same way in every run, so that two runs ask the same. */
export interface Dice {
  /** From 0 up to 1. */
  share: () => number;
  evenly: <T>(list: readonly T[]) => T;
  /** The first ones more often: the more so, the higher the skew. */
  often: <T>(list: readonly T[], skew: number) => T;
}

/** Mulberry32, a generator of 32 bits by Tommy Ettinger (public domain). */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const share = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const often: Dice['often'] = (list, skew) => {
    const chosen = list[Math.floor(share() ** skew * list.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  };
  return { share, often, evenly: (list) => often(list, 1) };
}
