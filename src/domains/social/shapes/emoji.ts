/** Selects the picture of a character that is drawn as text otherwise. */
const PICTURE = '\uFE0F';

/**
 * The spelling of an emoji that Unicode recommends, "fully-qualified" (UTS 51, ED-18): every character that is not drawn as
 * a picture by itself is followed by U+FE0F, unless a skin tone follows. Keyboards leave it out, or put it where it changes
 * nothing, and two spellings of one emoji would be two reactions.
 */
export const emojiAsRecommended = (emoji: string): string => {
  const characters = [...emoji].filter((character) => character !== PICTURE);
  return characters
    .map((character, at) => {
      const needsSelector = /^\p{Emoji}$/u.test(character) && !/^\p{EPres}$/u.test(character);
      const hasTone = /^\p{EMod}$/u.test(characters[at + 1] ?? '');
      return needsSelector && !hasTone ? character + PICTURE : character;
    })
    .join('');
};
