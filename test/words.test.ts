import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { german } from '../src/words/de/app.ts';
import { publicPages } from '../src/words/de/public.ts';
import { type Catalogue, chooseLanguage, wordsIn } from '../src/words/translate.ts';

/** A sentence that a page says, and where. */
interface Said {
  sentence: string;
  at: string;
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));

/** Which argument of these functions is the key of a sentence. */
const KEY_OF: Record<string, number> = { t: 0, plural: 2 };

/** Every sentence that is looked up in the files; one that is not written out cannot be found and is a fault by itself. */
const saidIn = (folder: string): Said[] => {
  const said: Said[] = [];
  for (const file of filesBelow(folder)) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      ts.forEachChild(node, visit);
      if (!ts.isCallExpression(node)) return;
      const { expression: called } = node;
      const name = ts.isPropertyAccessExpression(called) ? called.name : called;
      const key = ts.isIdentifier(name) ? node.arguments[KEY_OF[name.text] ?? -1] : undefined;
      if (key && ts.isStringLiteralLike(key)) said.push({ sentence: key.text, at: file });
    };
    visit(source);
  }
  return said;
};

const placesIn = (sentence: string): string[] => [...new Set(sentence.match(/\{\w+\}/g) ?? [])].sort();

const formsOf = (found: Catalogue[string]): string[] => (typeof found === 'string' ? [found] : Object.values(found));

describe.each([
  ['the app', 'web/src', german],
  ['the public pages', 'src/http/pages', publicPages],
])('%s in German', (_what, folder, catalogue) => {
  const said = saidIn(folder);

  test('has a German sentence for each English one', () => {
    expect(
      said.filter(({ sentence }) => !(sentence in catalogue)).map(({ sentence, at }) => `${at}: ${sentence}`),
    ).toEqual([]);
  });

  test('fills the same places', () => {
    const wrong = Object.entries(catalogue).flatMap(([english, found]) =>
      formsOf(found)
        .filter((form) => placesIn(form).some((place) => !placesIn(english).includes(place)))
        .map((form) => `${english} → ${form}`),
    );
    expect(wrong).toEqual([]);
  });

  test('keeps no sentence that no page says', () => {
    const used = new Set(said.map(({ sentence }) => sentence));
    expect(Object.keys(catalogue).filter((sentence) => !used.has(sentence))).toEqual([]);
  });
});

describe('words', () => {
  const words = wordsIn('de', {
    'Hello {name}': 'Hallo {name}',
    '{count} seats': { one: '{count} Platz', other: '{count} Plätze' },
  });

  test('are filled, counted and written as the language does', () => {
    expect(words.t('Hello {name}', { name: 'Ayşe' })).toBe('Hallo Ayşe');
    expect(words.plural(1, '{count} seat', '{count} seats')).toBe('1 Platz');
    expect(words.plural(1_200, '{count} seat', '{count} seats')).toBe('1.200 Plätze');
  });

  test('fall back to English', () => {
    expect(words.t('Not translated {at}', { at: 1 })).toBe('Not translated 1');
    expect(words.plural(2, '{count} row', '{count} rows')).toBe('2 rows');
  });

  test('come in the first wished language that there is', () => {
    expect(chooseLanguage(['fr-CA', 'de-AT', 'en'])).toBe('de');
    expect(chooseLanguage(['constructor', 'fr'])).toBe('en');
  });
});
