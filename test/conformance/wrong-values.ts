import type { Schema } from './input-schema.ts';

const NO_TEXT_TAKES_THIS = '\u0000\u0000\u0000\u0000';

/** Values that a field of this schema must refuse, whatever the others are. */
export const wrongValues = (schema: Schema): unknown[] => {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return wrongForAll(alternatives);
  if (schema.enum || schema.const !== undefined) return ['NO_SUCH_CHOICE', 42, null, [], {}];
  const wrong = wrongOfType[schema.type ?? ''];
  return wrong ? wrong(schema) : [];
};

const wrongOfType: Record<string, (schema: Schema) => unknown[]> = {
  string: (schema) => [42, true, null, ['a'], { a: 'a' }, ...wrongTexts(schema)],
  integer: (schema) => ['many', 1.5, null, true, [1], {}, ...wrongNumbers(schema)],
  number: (schema) => ['much', null, true, [1], {}, ...wrongNumbers(schema)],
  boolean: () => ['maybe', 2, null, [], {}],
  array: (schema) => ['a list', 42, null, { length: 1 }, ...wrongLists(schema)],
  object: (schema) => ['an object', 42, null, [1], ...wrongObjects(schema)],
};

/** Texts of the wrong shape or length; the ones that can stand in a path or a query. */
export const wrongTexts = ({ minLength, maxLength, format, pattern }: Schema): string[] => [
  ...(minLength ? [''] : []),
  ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)]),
  ...(format || pattern ? [NO_TEXT_TAKES_THIS] : []),
];

const wrongNumbers = ({ minimum, maximum = Number.MAX_SAFE_INTEGER }: Schema): number[] => [
  ...(minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? [] : [minimum - 1]),
  maximum === Number.MAX_SAFE_INTEGER ? 2 ** 53 : maximum + 1,
];

const wrongLists = ({ minItems, maxItems, items = {} }: Schema): unknown[][] => [
  ...(minItems ? [[]] : []),
  ...(maxItems === undefined
    ? []
    : [Array.from({ length: maxItems + 1 }, () => '01900000-0000-7000-8000-000000000000')]),
  ...wrongValues(items).map((wrong) => [wrong]),
];

const wrongObjects = ({ properties = {}, required = [] }: Schema): object[] => [
  ...(required.length > 0 ? [{}] : []),
  ...Object.entries(properties).flatMap(([name, schema]) => wrongValues(schema).map((wrong) => ({ [name]: wrong }))),
];

/** What none of several alternatives takes. */
const wrongForAll = (alternatives: Schema[]): unknown[] => {
  const takesNull = alternatives.some(({ type }) => type === 'null');
  const types = new Set(alternatives.map(({ type }) => type));
  return [
    ...(takesNull ? [] : [null]),
    ...(types.has('string') ? [] : ['words']),
    ...(types.has('number') || types.has('integer') ? [] : [42]),
    ...(types.has('array') ? [] : [[1, 'b']]),
    ...(types.has('boolean') ? [] : [true]),
  ];
};
