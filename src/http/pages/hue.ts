/** Hues of drawn covers and of faces without a picture; the style sheet has a class for each. */
const COVER_HUES = 12;
const COVER_PATTERNS = 4;
const FACE_HUES = 8;

/** A number by an id, the same on every page and every day. */
const sumOf = (id: string): number => {
  let sum = 7;
  for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) % 1_000_003;
  return sum;
};

/** The classes of the cover that is drawn for an event without a picture: never a grey box. */
export const coverClasses = (id: string): string =>
  `cover-hue-${sumOf(id) % COVER_HUES} cover-pattern-${sumOf(`pattern ${id}`) % COVER_PATTERNS}`;

/** The class of a face without a picture. */
export const faceClass = (id: string): string => `face-hue-${sumOf(id) % FACE_HUES}`;
