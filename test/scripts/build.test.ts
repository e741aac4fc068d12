import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { scratchFolder } from '../support/scratch-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SCRIPTS = ['build.mjs', 'build-lock.mjs', 'compress-assets.mjs', 'fingerprint.mjs', 'steps.mjs'];

let project: string;
beforeEach(() => {
  project = scratchFolder();
  for (const script of SCRIPTS) cpSync(join(root, 'scripts', script), join(project, 'scripts', script));
  for (const file of ['tsconfig.json', 'tsconfig.build.json']) cpSync(join(root, file), join(project, file));
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  write('package.json', '{ "type": "module" }');
  write('src/main.ts', "import { word } from './parts/word.ts';\n\nprocess.stdout.write(word);\n");
  write('src/parts/word.ts', "export const word: string = 'first';\n");
  write('src/parts/append.lua', 'return 1\n');
  write('src/parts/README.md', 'about\n');
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

interface Outcome {
  readonly code: number;
  readonly output: string;
}
const run = (script: string, args: string[] = [], environment: NodeJS.ProcessEnv = {}): Promise<Outcome> =>
  new Promise((resolve) => {
    const env = { ...process.env, npm_lifecycle_event: undefined, ...environment };
    execFile(process.execPath, [join(project, script), ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
const build = (...args: string[]): Promise<Outcome> => run('scripts/build.mjs', args);
const inDist = (path: string): string => join(project, 'dist', path);

test('compiles, copies what is not TypeScript, and has nothing to do the second time', async () => {
  expect(await build()).toEqual({ code: 0, output: expect.stringMatching(/^building the program … \d+\.\d s\n$/) });
  expect((await run('dist/main.js')).output).toBe('first');
  expect(readFileSync(inDist('parts/append.lua'), 'utf8')).toBe('return 1\n');
  expect(existsSync(inDist('parts/README.md'))).toBe(false);
  expect(await build()).toEqual({ code: 0, output: '' });
  expect((await build('--force')).output).toContain('building the program');
});

test('builds again what has changed, and drops what has gone', async () => {
  await build();
  write('src/parts/word.ts', "export const word: string = 'second';\n");
  rmSync(join(project, 'src/parts/append.lua'));
  write('src/other.ts', 'export const other = 1;\n');
  await build();
  expect((await run('dist/main.js')).output).toBe('second');
  expect(existsSync(inDist('parts/append.lua'))).toBe(false);

  rmSync(join(project, 'src/other.ts'));
  await build();
  expect(['other.js', 'other.d.ts', 'other.js.map'].filter((name) => existsSync(inDist(name)))).toEqual([]);
});

test('shows what the compiler complains of, and tries again the next time', async () => {
  write('src/parts/word.ts', 'export const word: string = 1;\n');
  for (const _attempt of [1, 2]) {
    const { code, output } = await build();
    expect(code).toBe(1);
    expect(output).toContain("src/parts/word.ts(1,14): error TS2322: Type 'number' is not assignable to type 'string'");
  }
});

test('builds the console where there is one', async () => {
  write('web/vite.config.mjs', 'export default {};\n');
  write('web/index.html', '<script type="module" src="./main.js"></script>');
  write('web/main.js', "document.title = 'console';\n");
  expect((await build()).output).toContain('building the console');
  expect(readFileSync(inDist('web/index.html'), 'utf8')).toContain('/assets/');
  write('src/http.ts', 'export const http = 1;\n');
  expect((await build()).output).not.toContain('console');
  expect(existsSync(inDist('web/index.html'))).toBe(true);
});

describe('where several build at once', () => {
  test('one does, the others wait for it', async () => {
    const outcomes = await Promise.all([build(), build(), build()]);
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(outcomes.filter(({ output }) => output.includes('building'))).toHaveLength(1);
  });

  test('one that was killed is not waited for', async () => {
    write('dist/.lock', String(2 ** 22 + 1));
    expect((await build()).code).toBe(0);
    // Its number may belong to another process by now: then its silence tells.
    write('dist/.lock', String(process.pid));
    utimesSync(inDist('.lock'), new Date(0), new Date(0));
    expect((await build('--force')).code).toBe(0);
  });
});

describe('without the development tools', () => {
  beforeEach(() => rmSync(join(project, 'node_modules')));

  test('takes what was built before', async () => {
    write('dist/main.js', '// built elsewhere');
    expect(await build()).toEqual({ code: 0, output: '' });
  });

  test('says what is missing, but does not break an installation', async () => {
    expect(await build()).toEqual({ code: 1, output: expect.stringContaining('run npm ci without --omit=dev') });
    expect(await run('scripts/build.mjs', [], { npm_lifecycle_event: 'prepare' })).toEqual({ code: 0, output: '' });
  });
});
