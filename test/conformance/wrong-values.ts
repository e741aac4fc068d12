import { exampleOf, type Schema } from './input-schema.ts';

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

/** What can stand in a path or a query, where everything is text. */
export const wrongInUrl = (schema: Schema): string[] => {
  if (schema.type === 'integer' || schema.type === 'number') return ['many', '7 or so'];
  return schema.type === 'boolean' ? ['maybe'] : wrongTexts(schema);
};

/** Texts of the wrong shape or length. */
const wrongTexts = ({ minLength, maxLength, format, pattern }: Schema): string[] => [
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

const ID = '01900000-0000-7000-8000-000000000000';
/** Times, numbers and texts at the ends of what computers and databases know. */
const EDGES = {
  cursors: [
    ...['-999999999999999', '-210866803200001', '-62135596800001', '253402300800000', '999999999999999'].map(
      (atMs) => `${atMs}_${ID}`,
    ),
    '9223372036854775808',
    '999999999999999_9999999999999999999',
    'WyJ4IixudWxsXQ',
  ],
  times: [
    '0000-01-01T00:00:00Z',
    '0000-12-31T23:59:59-00:01',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59-12:00',
    '2030-06-01T00:00:00+23:59',
    '2030-06-01T00:00:00-23:59',
    '2000-01-01T00:00:00Z',
    '2200-12-31T23:59:59.999Z',
  ],
  numbers: [0, -1, 2 ** 31, -(2 ** 31) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 63, 1e300],
  texts: [
    ...['\u0000', '\ud800', 'a\udc00b', 'a\r\nBcc: b'],
    ...["'; DROP TABLE users; --", '%00', '\u202Eabc', '__proto__'],
  ],
};

/** Values at the edge for a field, and for each field of what it holds; a contract may take them, and nothing may break. */
export const edgeValues = (name: string, schema: Schema): unknown[] => {
  const { type, format, properties = {}, items, anyOf = [], oneOf = [], minimum, maximum } = schema;
  const alternatives = [...anyOf, ...oneOf];
  if (alternatives.length > 0) return alternatives.flatMap((each) => edgeValues(name, each));
  if (type === 'object') {
    return Object.entries(properties).flatMap(([field, each]) =>
      edgeValues(field, each).map((edge) => ({ ...(exampleOf(schema) as object), [field]: edge })),
    );
  }
  if (type === 'array') return edgeValues(name, items ?? {}).map((edge) => [edge]);
  if (type === 'integer' || type === 'number') {
    return [...EDGES.numbers, ...[minimum, maximum].filter((bound) => bound !== undefined)];
  }
  if (type !== 'string' || schema.enum) return [];
  if (format === 'date-time') return EDGES.times;
  return name.toLowerCase().includes('cursor') ? EDGES.cursors : EDGES.texts;
};
