const WINDOW_MS = 10_000;
/** Claps of one person that count within a window. */
const CLAPS = 300;
/** People that are remembered; beyond it who began first is forgotten. */
const MAX_PEOPLE = 50_000;

/** Says how many of these claps count. */
export type Allow = (key: string, claps: number, nowMs: number) => number;

/** Clips a person's applause: what goes beyond the allowance is left out and nobody is refused. */
export const createAllowance = (): Allow => {
  const windows = new Map<string, { beganAtMs: number; taken: number }>();
  return (key, claps, nowMs) => {
    let window = windows.get(key);
    if (!window || nowMs - window.beganAtMs >= WINDOW_MS) {
      // Taken out first, so that the map's order is the order of the windows.
      windows.delete(key);
      window = { beganAtMs: nowMs, taken: 0 };
      windows.set(key, window);
      const [oldest] = windows.keys();
      if (windows.size > MAX_PEOPLE && oldest !== undefined) windows.delete(oldest);
    }
    const taken = Math.min(claps, CLAPS - window.taken);
    window.taken += taken;
    return taken;
  };
};
