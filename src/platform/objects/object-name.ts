const NAME = /^[a-z]+(?:\/[a-z0-9]+)+(?:\.[a-z0-9]+)?$/;
const MAX_LENGTH = 200;

/**
 * A name made of lower-case words and slashes: as a path it can lead nowhere else, as a URL it needs no escaping.
 * @throws Error for anything else
 */
export const checkName = (name: string): string => {
  if (name.length > MAX_LENGTH || !NAME.test(name)) throw new Error('an object has no such name');
  return name;
};
