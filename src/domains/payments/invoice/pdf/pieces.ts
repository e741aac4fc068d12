import bidiModule from 'bidi-js';
import { type Face, faceOf } from './faces.ts';

// Safe: the package is CommonJS, whose export is the function itself; its types tell of a module with a default export.
const createBidi = bidiModule as unknown as typeof bidiModule.default;
const bidi = createBidi();
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A run of text that is written at once: it has one font and one direction. */
export interface Piece {
  text: string;
  face: Face;
  /** Odd is from right to left (UAX #9). */
  level: number;
}

/** Stands in the place of letters that no font has. */
const UNKNOWN = '?';

/** Characters as people count them, what cannot be written replaced. */
export const charactersOf = (text: string): string[] =>
  [...segmenter.segment(text.normalize('NFC'))].map(({ segment }) => (faceOf(segment) === null ? UNKNOWN : segment));

/** A line in pieces, in the order in which they stand on the paper, from left to right. */
export const piecesOf = (line: string): Piece[] => {
  const characters = charactersOf(line);
  const text = characters.join('');
  const { levels } = bidi.getEmbeddingLevels(text);
  const pieces: Piece[] = [];
  let place = 0;
  for (const character of characters) {
    const level = levels[place] ?? 0;
    const mirrored = level % 2 === 1 ? (bidi.getMirroredCharacter(character) ?? character) : character;
    append(pieces, { text: mirrored, face: faceOf(character) ?? 'latin', level });
    place += character.length;
  }
  return inOrderOfSight(pieces);
};

/** A space is a piece of its own: what is written at once is one word, whose letters join. */
const append = (pieces: Piece[], next: Piece): void => {
  const last = pieces.at(-1);
  const isSpace = next.text === ' ' || last?.text === ' ';
  if (last && !isSpace && last.face === next.face && last.level === next.level) last.text += next.text;
  else pieces.push(next);
};

/** UAX #9, L2: from the highest level to the lowest odd one, whatever stands on it or above is turned around. */
const inOrderOfSight = (pieces: readonly Piece[]): Piece[] => {
  const turned = [...pieces];
  const highest = Math.max(0, ...pieces.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    for (let from = 0; from < turned.length; from += 1) {
      let until = from;
      while ((turned[until]?.level ?? -1) >= level) until += 1;
      if (until === from) continue;
      turned.splice(from, until - from, ...turned.slice(from, until).reverse());
      from = until;
    }
  }
  return turned;
};

/** Lines of a width at most, broken between words; a word that is wider is broken within. Nothing is left out. */
export const wrap = (text: string, width: number, widthOf: (line: string) => number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u).flatMap((each) => broken(each, width, widthOf))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
  }
  return [...lines, line];
};

const broken = (word: string, width: number, widthOf: (line: string) => number): string[] => {
  if (widthOf(word) <= width) return [word];
  const parts: string[] = [''];
  for (const character of charactersOf(word)) {
    const last = parts.at(-1) ?? '';
    if (last === '' || widthOf(last + character) <= width) parts[parts.length - 1] = last + character;
    else parts.push(character);
  }
  return parts;
};
