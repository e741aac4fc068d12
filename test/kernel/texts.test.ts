import { describe, expect, test } from 'vitest';
import { emoji, indentedText, line, text } from '../../src/kernel/texts.ts';

const INVISIBLE = [
  '\u200b',
  '\u2060',
  '\u200e',
  '\u202e',
  '\u00ad',
  '\u2800',
  '\u3164',
  '\uffa0',
  '\u200d',
  '\u{E0020}',
  '\ufe0f',
  '\u180e',
  '\u0301',
];

describe('what is seen', () => {
  test.each([...INVISIBLE, ' \u200b\u2800 ', `${INVISIBLE.join('')}\n`])(
    '%j alone is neither a text nor a line',
    (nothing) => {
      expect([text(100), indentedText(100), line(100)].map((shape) => shape.safeParse(nothing).success)).toEqual([
        false,
        false,
        false,
      ]);
    },
  );

  test.each(['a', '1', '.', '漢', 'ไ', 'ក', '👍', '❤', '🏳️‍🌈', '\u200fשלום', 'e\u0301'])('%j is seen', (something) => {
    expect(text(100).parse(something)).toBe(something);
    expect(line(100).parse(something)).toBe(something);
  });

  test('a text may be empty, a line may not', () => {
    expect([text(9).safeParse('').success, line(9).safeParse('').success]).toEqual([true, false]);
  });
});

test.each(['\u202EnimdA', 'Bob \u2066x\u2069', '\u202Ax'])('%j turns what stands behind it, and is no line', (name) => {
  expect(line(100).safeParse(name).error?.issues[0]?.message).toContain('one line');
});

test('a text keeps the spaces that indent its first line, and nothing else around it', () => {
  expect(indentedText(100).parse('\n  \n    indented\n      code \n\n')).toBe('    indented\n      code');
});

describe('an emoji', () => {
  test.each([
    ['👍\uFE0F', '👍'],
    ['1\u20E3', '1\uFE0F\u20E3'],
    ['\u{1F3F3}\u200D\u{1F308}', '\u{1F3F3}\uFE0F\u200D\u{1F308}'],
    ['\u2764', '\u2764\uFE0F'],
    ['\u2764\uFE0F\u200D\u{1F525}', '\u2764\uFE0F\u200D\u{1F525}'],
    ['\u261D\uFE0F', '\u261D\uFE0F'],
    ['\u261D\u{1F3FD}', '\u261D\u{1F3FD}'],
    ['\u{1F3C3}\u200D\u2642', '\u{1F3C3}\u200D\u2642\uFE0F'],
    ['🇧🇩', '🇧🇩'],
  ])('%j is spelled %j', (given, spelled) => {
    expect(emoji().parse(given)).toBe(spelled);
    expect(emoji().parse(spelled)).toBe(spelled);
  });

  test.each(['', 'a', '1', '👍👍', '👍 '])('%j is none', (given) => {
    expect(emoji().safeParse(given).success).toBe(false);
  });
});
