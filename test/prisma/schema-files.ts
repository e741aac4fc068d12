import { readdirSync, readFileSync } from 'node:fs';

/** A field of a model as the schema file says it. */
export interface SchemaField {
  name: string;
  column: string;
  type: string;
  comment: string;
}

export interface SchemaModel {
  name: string;
  table: string;
  /** Name of its file, without the ending. */
  file: string;
  comment: string;
  fields: SchemaField[];
}

const FOLDER = 'prisma/schema';
const COMMENTED_BLOCK = /((?:^\/\/\/.*\n)*)^model (\w+) \{\n([\s\S]*?)^\}/gm;
const FIELD = /((?:^ +\/\/\/.*\n)*)^ {2}(\w+) +([A-Z][\w.("]*[\])?["]*)([^\n]*)$/gm;

const textOf = (comment: string | undefined): string => (comment ?? '').replaceAll(/^ *\/\/\/ ?/gm, '').trim();

export const schemaFiles = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.prisma'))
    .map((name) => name.replace('.prisma', ''))
    .sort();

/** All models of the schema files. */
export const readModels = (): SchemaModel[] =>
  schemaFiles().flatMap((file) =>
    [...readFileSync(`${FOLDER}/${file}.prisma`, 'utf8').matchAll(COMMENTED_BLOCK)].map(([, comment, name, body]) => ({
      name: name ?? '',
      table: /@@map\("(\w+)"\)/.exec(body ?? '')?.[1] ?? '',
      file,
      comment: textOf(comment),
      fields: readFields(body ?? ''),
    })),
  );

const readFields = (body: string): SchemaField[] =>
  [...body.matchAll(FIELD)].map(([, comment, name = '', type = '', attributes = '']) => ({
    name,
    column: /@map\("(\w+)"\)/.exec(attributes)?.[1] ?? name,
    type,
    comment: textOf(comment),
  }));
