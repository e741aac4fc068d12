/** Characters that terminals and fixed-width fonts show two columns wide: East Asian wide and full-width ones, and emoji. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const charactersOf = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment);

const widthOf = (character: string): number => (WIDE.test(character) ? 2 : 1);

/** How many columns a text takes in a fixed-width font; what belongs together as one character counts once. */
export const columnsOf = (text: string): number =>
  charactersOf(text).reduce((sum, character) => sum + widthOf(character), 0);

/** A text with spaces behind it, up to so many columns. */
export const padColumns = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - columnsOf(text)));

/** Lines of so many columns at most, broken between words; a word that is longer is broken within. Nothing is left out. */
export const wrapColumns = (text: string, columns: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u).flatMap((each) => broken(each, columns))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (columnsOf(longer) <= columns) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
  }
  return [...lines, line];
};

const broken = (word: string, columns: number): string[] => {
  const parts: string[] = [''];
  for (const character of charactersOf(word)) {
    const last = parts.at(-1) ?? '';
    if (columnsOf(last + character) <= columns) parts[parts.length - 1] = last + character;
    else parts.push(character);
  }
  return parts;
};
