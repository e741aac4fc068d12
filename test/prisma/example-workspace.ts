import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../src/platform/embedded/project-paths.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

/** What stood around the examples where they were written; all of it is a variable of theirs. */
const SITUATION = `{ userId: string; categoryId: string; eventId: string; event: { title: string };
  searchTerm: string; page: number; request: { headers: { apiKey: string } } }`;

/** Examples that are statements, with the variable that each one makes. */
const STATEMENTS = {
  'create with relations': 'event',
  'complex search': 'events',
  transaction: 'result',
  aggregation: 'stats',
  'API key look-up': 'apiKey',
};

export interface Workspace {
  /** Compiles all examples; empty when the compiler has nothing to say. */
  compile(): Promise<string>;
  /** Runs a file on a database and gives what it printed. */
  run(file: string, databaseUrl: string): Promise<string>;
  /** Runs the unit test on a database; the outcome is in what it printed. */
  runUnitTest(databaseUrl: string): Promise<string>;
}

/** The code of each example, by its heading. */
const readExamples = (): Map<string, string> => {
  const text = readFileSync(projectPath('test/prisma/usage-examples.md'), 'utf8');
  return new Map(
    [...text.matchAll(/^## (.+)\n\n```typescript\n([\s\S]*?)```/gm)].map(([, name = '', code = '']) => [name, code]),
  );
};

const asFunction = (code: string, variable: string): string => `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
export async function run({ userId, categoryId, eventId, event, searchTerm, page, request }: ${SITUATION}) {
  {
${code}
    return ${variable};
  }
}
`;

const fileOf = (name: string): string => `${name.toLowerCase().replaceAll(' ', '-')}.ts`;

/** A folder where the examples find `@prisma/client` as they expect it: a client that needs no arguments. */
export const makeWorkspace = (): Workspace => {
  const folder = scratchFolder();
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const examples = readExamples();
  const codeOf = (name: string): string => {
    const code = examples.get(name);
    if (code === undefined) throw new Error(`usage-examples.md has no example "${name}"`);
    return code;
  };
  writeClient(folder);
  write('package.json', '{ "type": "module" }');
  write('tsconfig.json', JSON.stringify(compilerSettings()));
  // The one slip of the pen in them that no compiler reads.
  write('nested-seed-data.ts', codeOf('nested seed data').replace('{ Prisma Client }', '{ PrismaClient }'));
  write('unit.test.ts', codeOf('unit test'));
  for (const [name, variable] of Object.entries(STATEMENTS)) write(fileOf(name), asFunction(codeOf(name), variable));
  write('statements.ts', RUN_STATEMENTS);
  return {
    compile: () => execute('node_modules/.bin/tsc', ['-p', folder], {}),
    run: (file, url) => execute('node', ['--import', 'tsx', join(folder, file)], { DATABASE_URL: url }),
    runUnitTest: (url) =>
      execute('node_modules/.bin/vitest', ['run', '--root', folder, '--globals', '--reporter=json'], {
        DATABASE_URL: url,
        NODE_OPTIONS: '--import tsx',
      }),
  };
};

const writeClient = (folder: string): void => {
  const client = join(folder, 'node_modules/@prisma/client');
  const generated = projectPath('src/generated/prisma/client.ts');
  mkdirSync(client, { recursive: true });
  const exported = { '.': { types: './index.d.ts', default: './index.mjs' } };
  writeFileSync(
    join(client, 'package.json'),
    JSON.stringify({ name: '@prisma/client', type: 'module', exports: exported }),
  );
  writeFileSync(
    join(client, 'index.d.ts'),
    `import type { PrismaClient as Generated } from '${generated}';
export type PrismaClient = Generated;
export declare const PrismaClient: new () => Generated;
`,
  );
  writeFileSync(
    join(client, 'index.mjs'),
    `import { PrismaPg } from '${projectPath('node_modules/@prisma/adapter-pg/dist/index.mjs')}';
import { PrismaClient as Generated } from '${generated}';
export class PrismaClient extends Generated {
  constructor() {
    super({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });
  }
}
`,
  );
};

const compilerSettings = () => ({
  compilerOptions: {
    target: 'es2023',
    lib: ['es2023'],
    module: 'nodenext',
    moduleResolution: 'nodenext',
    strict: true,
    // The look-up of a key reads a row that may be missing.
    strictNullChecks: false,
    skipLibCheck: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    typeRoots: [projectPath('node_modules/@types')],
    types: ['node', projectPath('node_modules/vitest/globals')],
  },
  include: ['*.ts'],
});

/** Makes the people and things that the statements speak of, runs all of them, and prints what they gave. */
const RUN_STATEMENTS = `import { PrismaClient } from '@prisma/client';
${Object.keys(STATEMENTS)
  .map((name, place) => `import { run as run${place} } from './${fileOf(name)}';`)
  .join('\n')}

const prisma = new PrismaClient();
const user = await prisma.user.create({ data: { email: 'host@example.org', username: 'host', password: 'hashed' } });
const category = await prisma.eventCategory.create({ data: { name: 'Tech', slug: 'tech', icon: '💻' } });
await prisma.apiKey.create({ data: { userId: user.id, name: 'test', key: 'a-hash', prefix: 'ra_' } });
const soon = { startDate: new Date(Date.now() + 864e5), endDate: new Date(Date.now() + 865e5) };
const other = await prisma.event.create({
  data: { ...soon, title: 'Rust evening', slug: 'rust-evening', description: 'Talks', hostId: user.id, status: 'PUBLISHED' },
});
const done = { ...soon, status: 'COMPLETED', completedAt: new Date('2026-06-01'), price: 300, isFree: false } as const;
await prisma.event.create({ data: { ...done, title: 'Done', slug: 'done', description: 'Talks', hostId: user.id, city: 'Dhaka' } });
const situation = {
  userId: user.id, categoryId: category.id, eventId: other.id, event: other, searchTerm: 'RUST', page: 0,
  request: { headers: { apiKey: 'a-hash' } },
};
const given = [${Object.keys(STATEMENTS)
  .map((_, place) => `await run${place}(situation)`)
  .join(', ')}];
const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
console.log(JSON.stringify([...given, await prisma.event.findUnique({ where: { id: other.id } })], asText));
process.exit(0);
`;

const execute = (program: string, args: string[], env: Record<string, string>): Promise<string> =>
  new Promise((resolve) => {
    const options = { cwd: projectPath('.'), env: { ...process.env, ...env } };
    execFile(program, args, options, (_error, stdout, stderr) => resolve(stdout + stderr));
  });
