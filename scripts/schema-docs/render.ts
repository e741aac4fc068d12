import type { Enum, Field, Model, Relation, Schema } from './parse.ts';

/** What each file of the schema is about, in the order of reading. */
const DOMAINS: Record<string, string> = {
  user: 'People and how they sign in',
  event: 'Events, tickets, bookings, doors',
  payment: 'Payments and the ledger',
  social: 'Friends, chats, posts, stories',
  review: 'Reviews and ratings',
  notification: 'Notifications',
  gamification: 'Points, badges, leaderboards',
  safety: 'Reports, moderation, trust',
  admin: 'Administration and analytics',
  engine: 'Tables the engine needs beside the product’s',
  live: 'The stage of an event: polls, questions, applause',
};

/** All pages about a schema, by file name. */
export const renderPages = (schema: Schema): Map<string, string> =>
  new Map([
    ['README.md', renderIndex(schema)],
    ...Object.keys(DOMAINS).map((domain): [string, string] => [`${domain}.md`, renderDomain(domain, schema)]),
    ['enums.md', renderEnums(schema.enums)],
  ]);

const NOTE = '<!-- Made by scripts/schema-docs.ts from prisma/schema; do not edit. -->';

const modelsOf = (domain: string, { models }: Schema): Model[] => models.filter(({ file }) => file === domain);

const renderIndex = (schema: Schema): string => {
  const rows = Object.entries(DOMAINS).map(
    ([domain, about]) => `| [${domain}](${domain}.md) | ${about} | ${modelsOf(domain, schema).length} |`,
  );
  const product = schema.models.filter(({ file }) => file !== 'engine' && file !== 'live').length;
  return `${NOTE}

# The database

${product} tables of the product and ${schema.models.length - product} of the engine and the stage, in PostgreSQL 15 or newer. Each page has a diagram of
its tables and a dictionary of their columns. The values of all enums are in [enums.md](enums.md).

| File | About | Tables |
| --- | --- | ---: |
${rows.join('\n')}

Rules that a schema file cannot say are in the migrations: checks, partial and expression indexes, triggers, partitions.

- Ids are UUIDv7, made by the application; they sort by time. Times are instants with milliseconds.
- Money is a whole number of minor units beside its currency; \`currencies\` knows each currency’s exponent.
- \`deletedAt\` is the owner’s, \`hiddenAt\` moderation’s, \`archivedAt\` the host’s or the archive job’s, \`erasedAt\` final.
- Logs (\`audit_logs\`, \`activity_logs\`, \`login_history\`, \`event_check_ins\`) are cut by the month in their ids;
  \`ensure_month_partitions(table, months)\` makes parts ahead. Messages are spread over 16 parts by chat.
- Ledger, audit, scans, points and moderation actions take new rows only; the database refuses changes.
`;
};

const renderDomain = (domain: string, schema: Schema): string => {
  const models = modelsOf(domain, schema);
  const title = DOMAINS[domain] ?? domain;
  return `${NOTE}

# ${title}

${renderDiagram(models, schema)}

${models.map((model) => renderModel(model, schema)).join('\n\n')}
`;
};

const tableOf = (name: string, { models }: Schema): string =>
  models.find((model) => model.name === name)?.table ?? name;

const renderDiagram = (models: readonly Model[], schema: Schema): string => {
  const entities = models.map((model) => {
    const keys = model.fields.filter((field) => markOf(field, model) !== '');
    const lines = keys.map((field) => `    ${wordOf(field)} ${field.column} ${markOf(field, model)}`);
    return `  ${model.table} {\n${lines.join('\n')}\n  }`;
  });
  const lines = models.flatMap((model) =>
    model.relations.map(
      (relation) =>
        `  ${model.table} ${edgeOf(relation)} ${tableOf(relation.target, schema)} : "${relation.columns.join(', ')}"`,
    ),
  );
  return ['```mermaid', 'erDiagram', ...entities, ...lines, '```'].join('\n');
};

const edgeOf = ({ isUnique, isOptional }: Relation): string => `${isUnique ? '|o' : '}o'}--${isOptional ? 'o|' : '||'}`;

const wordOf = ({ type }: Field): string => type.replaceAll(/\W+/g, '_').replace(/_$/, '');

const markOf = (field: Field, { relations }: Model): string => {
  const isForeign = relations.some(({ columns }) => columns.includes(field.column));
  return [field.isKey && 'PK', isForeign && 'FK', field.isUnique && !field.isKey && 'UK'].filter(Boolean).join(', ');
};

const renderModel = (model: Model, schema: Schema): string => {
  const rows = model.fields.map((field) => `| ${cellsOf(field, model, schema).join(' | ')} |`);
  return `## ${model.table}

${model.comment}

| Column | Type | Default | Meaning |
| --- | --- | --- | --- |
${rows.join('\n')}`;
};

const cellsOf = (field: Field, model: Model, schema: Schema): string[] => {
  const relation = model.relations.find(({ columns }) => columns.includes(field.column));
  const target = relation && `→ \`${tableOf(relation.target, schema)}\`, on delete ${inWords(relation.onDelete)}`;
  const isEnum = schema.enums.some(({ name }) => name === field.type);
  const type = isEnum ? `[${field.type}](enums.md#${field.type.toLowerCase()})` : field.type;
  return [
    `\`${field.column}\`${field.isKey ? ' 🔑' : ''}`,
    `${type}${field.isList ? '[]' : ''}${field.isOptional ? ', null' : ''}`,
    field.default === '' ? '' : `\`${field.default}\``,
    [field.comment, target].filter(Boolean).join(' ').replaceAll('|', '\\|'),
  ];
};

const inWords = (action: string): string => action.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

const renderEnums = (enums: readonly Enum[]): string => {
  const sections = enums.map(({ name, comment, values }) =>
    [`## ${name}`, comment, values.map((value) => `\`${value}\``).join(' · ')]
      .filter((part) => part !== '')
      .join('\n\n'),
  );
  return `${NOTE}\n\n# Enums\n\n${sections.join('\n\n')}\n`;
};
