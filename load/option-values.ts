/** The origin of a server's address. @throws Error */
export const urlOf = (given: string): string => {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error(`--url: "${given}" must be like http://localhost:3000`);
  }
  return url.origin;
};

interface Bounds {
  least: number;
  most: number;
}

/** @throws Error that names the flag and the bounds */
export const number = (flag: string, given: string, { least, most }: Bounds): number => {
  const value = given.trim() === '' ? Number.NaN : Number(given);
  if (!(value >= least && value <= most))
    throw new Error(`${flag}: "${given}" must be a number from ${least} to ${most}`);
  return value;
};

/** As `number`, for whole ones. */
export const whole = (flag: string, given: string, bounds: Bounds): number => {
  const value = number(flag, given, bounds);
  if (!Number.isInteger(value)) throw new Error(`${flag}: "${given}" must be a whole number`);
  return value;
};
