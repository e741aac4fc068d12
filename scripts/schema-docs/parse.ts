import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A column as the schema file says it. */
export interface Field {
  name: string;
  column: string;
  /** As in PostgreSQL; for enums the enum's name in the schema. */
  type: string;
  isList: boolean;
  isOptional: boolean;
  isKey: boolean;
  isUnique: boolean;
  /** As written in the schema; empty without one. */
  default: string;
  comment: string;
}

/** A foreign key, on the side that has it. */
export interface Relation {
  columns: string[];
  /** The model it leads to. */
  target: string;
  onDelete: string;
  isOptional: boolean;
  /** At most one row refers to each target. */
  isUnique: boolean;
}

export interface Model {
  name: string;
  table: string;
  /** Name of its file, without the ending. */
  file: string;
  comment: string;
  fields: Field[];
  relations: Relation[];
}

export interface Enum {
  name: string;
  comment: string;
  values: string[];
}

export interface Schema {
  files: string[];
  models: Model[];
  enums: Enum[];
}

const BLOCK = /((?:^\/\/\/.*\n)*)^(model|enum) (\w+) \{\n([\s\S]*?)^\}/gm;
const FIELD = /((?:^ +\/\/\/.*\n)*)^ {2}(\w+) +(\w+(?:\("\w+"\))?)(\[\])?(\?)?([^\n]*)$/gm;
const RELATION = /@relation\(.*?fields: \[([\w, ]+)\].*?onDelete: (\w+)/;

const POSTGRES_TYPES: Record<string, string> = {
  String: 'text',
  Int: 'integer',
  BigInt: 'bigint',
  Boolean: 'boolean',
  Float: 'double precision',
  DateTime: 'timestamptz(3)',
  Json: 'jsonb',
  Bytes: 'bytea',
  'Unsupported("tsvector")': 'tsvector',
};

const textOf = (comment: string): string => comment.replaceAll(/^ *\/\/\/ ?/gm, '').trim();

/** Reads all schema files of a folder: models, their columns and foreign keys, enums, and the comments on them. */
export const readSchema = (folder: string): Schema => {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.prisma'))
    .map((name) => name.replace('.prisma', ''))
    .sort();
  const blocks = files.flatMap((file) => blocksOf(readFileSync(join(folder, `${file}.prisma`), 'utf8'), file));
  const enums = blocks
    .filter(({ kind }) => kind === 'enum')
    .map(({ name, comment, body }) => ({ name, comment, values: valuesOf(body) }));
  const models = blocks
    .filter(({ kind }) => kind === 'model')
    .map(({ name, file, comment, body }) => ({ name, file, comment, ...readModel(body, enums) }));
  return { files, models, enums };
};

const blocksOf = (text: string, file: string) =>
  [...text.matchAll(BLOCK)].map(([, comment = '', kind = '', name = '', body = '']) => ({
    ...{ file, kind, name, body },
    comment: textOf(comment),
  }));

const valuesOf = (body: string): string[] => (body.match(/^ {2}[A-Z]\w*/gm) ?? []).map((value) => value.trim());

const readModel = (body: string, enums: readonly Enum[]): Pick<Model, 'table' | 'fields' | 'relations'> => {
  const lines = [...body.matchAll(FIELD)].map(
    ([, comment = '', name = '', type = '', list, optional, attributes = '']) => ({
      ...{ comment: textOf(comment), name, type, attributes },
      ...{ isList: list !== undefined, isOptional: optional !== undefined },
    }),
  );
  const keys = columnsOf(/@@id\(\[([^\]]+)\]/.exec(body)?.[1]);
  const uniques = [...body.matchAll(/@@unique\(\[([^\]]+)\]/g)].map(([, columns]) => columnsOf(columns).join());
  const fields = lines.filter((line) => isColumn(line, enums)).map((line) => readField(line, keys));
  const columnOf = (name: string): string => fields.find((field) => field.name === name)?.column ?? name;
  const isAlone = (names: string[]): boolean =>
    uniques.includes(names.join()) ||
    names.join() === keys.join() ||
    (names.length === 1 &&
      fields.some((field) => field.name === names[0] && (field.isUnique || (field.isKey && keys.length === 0))));
  const relations = lines.flatMap(({ type, attributes, isOptional }) => {
    const [, names, onDelete = ''] = RELATION.exec(attributes) ?? [];
    if (names === undefined) return [];
    const own = columnsOf(names);
    return [{ columns: own.map(columnOf), target: type, onDelete, isOptional, isUnique: isAlone(own) }];
  });
  return { table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '', fields, relations };
};

interface Line {
  name: string;
  type: string;
  attributes: string;
  comment: string;
  isList: boolean;
  isOptional: boolean;
}

/** A line whose type is a model is one side of a relation, and no column. */
const isColumn = ({ type }: Line, enums: readonly Enum[]): boolean =>
  type in POSTGRES_TYPES || enums.some(({ name }) => name === type);

const columnsOf = (names: string | undefined): string[] =>
  (names ?? '')
    .split(',')
    .map((name) => name.replace(/\(.*/, '').trim())
    .filter((name) => name !== '');

const readField = (line: Line, keys: string[]): Field => ({
  name: line.name,
  column: /@map\("(\w+)"\)/.exec(line.attributes)?.[1] ?? line.name,
  type: postgresType(line.type, line.attributes),
  isList: line.isList,
  isOptional: line.isOptional,
  isKey: /@id\b/.test(line.attributes) || keys.includes(line.name),
  isUnique: /@unique\b/.test(line.attributes),
  default: defaultOf(line.attributes),
  comment: line.comment,
});

const postgresType = (type: string, attributes: string): string => {
  if (attributes.includes('@db.Uuid')) return 'uuid';
  if (attributes.includes('@db.Date')) return 'date';
  return POSTGRES_TYPES[type] ?? type;
};

const defaultOf = (attributes: string): string => {
  const start = attributes.indexOf('@default(');
  if (start < 0) return '';
  let depth = 0;
  for (let place = start + '@default'.length; place < attributes.length; place += 1) {
    if (attributes[place] === '(') depth += 1;
    if (attributes[place] === ')') depth -= 1;
    if (depth === 0) return attributes.slice(start + '@default('.length, place);
  }
  return '';
};
