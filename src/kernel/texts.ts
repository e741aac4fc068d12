import { z } from 'zod';

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
const STORABLE = /^[^\0\p{Surrogate}]*$/u;
/**
 * Without what breaks a line or is no character to read: control characters, Unicode's own line and paragraph separators,
 * and the controls that turn the direction of what stands behind them (UAX 9), with which one name can look like another.
 */
const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}\u202A-\u202E\u2066-\u2069]*$/u;
/**
 * Nothing at all, or at least one character that is seen: no space, mark or control, none that Unicode lets be drawn as
 * nothing (Default_Ignorable_Code_Point, among them the fillers of Hangul), not the empty pattern of Braille.
 */
const SEEN_OR_NOTHING = /^(?:|[\s\S]*[^\s\p{Cc}\p{Cf}\p{Z}\p{M}\p{DI}\u2800][\s\S]*)$/u;

const invisible = 'must hold something that can be seen';
const storable = 'must be well-formed text without NUL';

/** Text of any number of lines; may be empty. */
export const text = (maxLength: number) =>
  z.string().trim().max(maxLength).regex(STORABLE, storable).regex(SEEN_OR_NOTHING, invisible);

/** As `text`, but spaces at the beginning of the first line are kept: they indent it. */
export const indentedText = (maxLength: number) =>
  z
    .string()
    .overwrite((value) => value.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd())
    .max(maxLength)
    .regex(STORABLE, storable)
    .regex(SEEN_OR_NOTHING, invisible);

/** Text of any number of lines that is not empty. */
export const words = (maxLength: number) => text(maxLength).min(1);

/** Text that is shown on one line, in lists, subjects and invoices; may be empty. */
export const lineOrNothing = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength)
    .regex(ONE_LINE, 'must be one line, without control characters')
    .regex(SEEN_OR_NOTHING, invisible);

/** One line that is only compared with others; it may hold what no line that is kept may. */
export const lookedFor = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]*$/u, 'must be one line, without control characters');

/** One line of text that is not empty. */
export const line = (maxLength: number) => lineOrNothing(maxLength).min(1);

/** POSIX puts an underscore between its parts, and may add an encoding or a modifier: `de_DE.UTF-8@euro`. */
const asTag = (locale: string): string => {
  const tag = locale.replace(/[.@].*$/, '').replaceAll('_', '-');
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? locale;
  } catch {
    return locale;
  }
};

/** A language tag (BCP 47) in its canonical spelling, `en-US`; POSIX names are taken too. */
export const Locale = z
  .string()
  .trim()
  .max(35)
  .overwrite(asTag)
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'must be a language tag such as en-US');

/** One grapheme: a flag, a keycap, or pictographs with their modifiers (Unicode TS 51, `emoji_sequence`). */
const EMOJI =
  /^(?:\p{RI}{2}|[0-9#*]\uFE0F?\u20E3|\p{ExtPict}(?:\uFE0F|\p{EMod})?[\u{E0020}-\u{E007F}]*(?:\u200D\p{ExtPict}(?:\uFE0F|\p{EMod})?)*)$/u;
/** Selects the picture of a character that is drawn as text otherwise. */
const PICTURE = '\uFE0F';

/**
 * The spelling of an emoji that Unicode recommends, "fully-qualified" (UTS 51, ED-18): every character that is not drawn as
 * a picture by itself is followed by U+FE0F, unless a skin tone follows. Keyboards leave it out, or put it where it changes
 * nothing, and two spellings of one emoji would be two reactions.
 */
const emojiAsRecommended = (emoji: string): string => {
  const characters = [...emoji].filter((character) => character !== PICTURE);
  return characters
    .map((character, at) => {
      const needsSelector = /^\p{Emoji}$/u.test(character) && !/^\p{EPres}$/u.test(character);
      const hasTone = /^\p{EMod}$/u.test(characters[at + 1] ?? '');
      return needsSelector && !hasTone ? character + PICTURE : character;
    })
    .join('');
};

/**
 * One emoji, spelled as Unicode recommends it however it was given. The longest recommended ones take 35 bytes of UTF-8; 20
 * UTF-16 units hold them.
 */
export const emoji = () => z.string().max(20).regex(EMOJI, 'must be one emoji').overwrite(emojiAsRecommended);
